using System.Text.Json;

namespace ActorPlane.Api;

/// <summary>The codecs of plain values.</summary>
internal static class Codecs
{
    public static readonly Codec<string?> String = new StringCodec();
    public static readonly Codec<int> Int32 = new Int32Codec();
    public static readonly Codec<long> Int64 = new Int64Codec();
    public static readonly Codec<bool> Bool = new BoolCodec();
    public static readonly Codec<double> Double = new DoubleCodec();
    public static readonly Codec<Timestamp> Timestamp = new TimestampCodec();
    public static readonly Codec<MicroTimestamp> MicroTimestamp = new MicroTimestampCodec();
    public static readonly Codec<ByteString> Bytes = new BytesCodec();
    public static readonly Codec<Quantity> Quantity = new QuantityCodec();
    public static readonly Codec<IntOrString> IntOrString = new IntOrStringCodec();
    public static readonly Codec<JsonValue?> Json = new JsonTreeCodec();

    public static readonly Codec<int?> OptionalInt32 = new OptionalCodec<int>(Int32);
    public static readonly Codec<long?> OptionalInt64 = new OptionalCodec<long>(Int64);
    public static readonly Codec<bool?> OptionalBool = new OptionalCodec<bool>(Bool);
    public static readonly Codec<double?> OptionalDouble = new OptionalCodec<double>(Double);
    public static readonly Codec<Timestamp?> OptionalTimestamp = new OptionalCodec<Timestamp>(Timestamp);
    public static readonly Codec<MicroTimestamp?> OptionalMicroTimestamp = new OptionalCodec<MicroTimestamp>(MicroTimestamp);
    public static readonly Codec<ByteString?> OptionalBytes = new OptionalCodec<ByteString>(Bytes);
    public static readonly Codec<Quantity?> OptionalQuantity = new OptionalCodec<Quantity>(Quantity);
    public static readonly Codec<IntOrString?> OptionalIntOrString = new OptionalCodec<IntOrString>(IntOrString);

    public static readonly Codec<ValueList<string>> StringList = new ListCodec<string>(String!);
    public static readonly Codec<ValueList<int>> Int32List = new ListCodec<int>(Int32);
    public static readonly Codec<ValueList<long>> Int64List = new ListCodec<long>(Int64);
    public static readonly Codec<ValueList<JsonValue>> JsonList = new ListCodec<JsonValue>(Json!);
    public static readonly Codec<ValueMap<string>> StringMap = new MapCodec<string>(String!);
    public static readonly Codec<ValueMap<ByteString>> BytesMap = new MapCodec<ByteString>(Bytes);
    public static readonly Codec<ValueMap<Quantity>> QuantityMap = new MapCodec<Quantity>(Quantity);
    public static readonly Codec<ValueMap<ValueList<string>>> StringListMap = new MapCodec<ValueList<string>>(StringList);
    public static readonly Codec<ValueMap<JsonValue>> JsonMap = new MapCodec<JsonValue>(Json!);

    /// <summary>Go's word for the JSON value that a reader stands on.</summary>
    public static string NameOf(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => "string",
        JsonTokenType.Number => "number",
        JsonTokenType.True or JsonTokenType.False => "bool",
        JsonTokenType.StartArray => "array",
        JsonTokenType.StartObject => "object",
        _ => "null",
    };
}
