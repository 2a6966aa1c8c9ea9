using System.Globalization;
using Akka.Actor;
using Akka.Util;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Akka.Serialization;

/// <summary>
/// Writes as Akka.NET does what JSON itself would not bring back: <c>int</c>, <c>float</c> and <c>decimal</c> as
/// <c>{"$":"I1"}</c>, <c>{"$":"F1"}</c>, <c>{"$":"M1"}</c>, and objects with a surrogate, actors above all, as the surrogate.
/// </summary>
internal sealed class JsonSurrogateConverter(ExtendedActorSystem system) : JsonConverter
{
    public override bool CanConvert(Type objectType) =>
        objectType == typeof(int) || objectType == typeof(float) || objectType == typeof(decimal) || objectType == typeof(object)
        || objectType.Implements<ISurrogated>();

    public override void WriteJson(JsonWriter writer, object value, JsonSerializer serializer)
    {
        switch (value)
        {
            case int or float or decimal:
                writer.WriteStartObject();
                writer.WritePropertyName("$");
                writer.WriteValue((value is int ? "I" : value is float ? "F" : "M") + ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                writer.WriteEndObject();
                break;
            case ISurrogated surrogated:
                serializer.Serialize(writer, surrogated.ToSurrogate(system));
                break;
            default:
                serializer.Serialize(writer, value);
                break;
        }
    }

    public override object ReadJson(JsonReader reader, Type objectType, object existingValue, JsonSerializer serializer) =>
        Translate(serializer.Deserialize(reader), system, serializer, objectType);

    internal static object Translate(object read, ExtendedActorSystem system, JsonSerializer serializer, Type type) => read switch
    {
        JObject json when json["$"] is JValue { Value: string number } => Number(number),
        // Without a type name in the text, the type that the reader was told decides.
        JObject json => type == null || type == typeof(object) ? json : json.ToObject(type, serializer),
        ISurrogate surrogate => surrogate.FromSurrogate(system),
        _ => read
    };

    private static object Number(string text) => text[0] switch
    {
        'I' => int.Parse(text.AsSpan(1), NumberFormatInfo.InvariantInfo),
        'F' => float.Parse(text.AsSpan(1), NumberFormatInfo.InvariantInfo),
        'M' => decimal.Parse(text.AsSpan(1), NumberFormatInfo.InvariantInfo),
        _ => throw new NotSupportedException($"'{text}' is not a number that this serializer writes.")
    };
}
