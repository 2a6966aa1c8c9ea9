using System.Text.Json;

namespace ActorPlane.Api;

/// <summary>Maps with text keys, written in ordinal order as Go does.</summary>
internal sealed class MapCodec<T>(Codec<T> element) : Codec<ValueMap<T>>
{
    public override SchemaKind Kind => SchemaKind.Map;

    public override ValueSchema Element => element;

    public override string GoName => "map[string]" + element.GoName;

    public override bool IsAbsent(ValueMap<T> value) => value is null || value.IsEmpty;

    public override bool IsEmpty(ValueMap<T> value) => IsAbsent(value);

    public override void WriteEmpty(Utf8JsonWriter writer) => writer.WriteNullValue();

    public override void Write(Utf8JsonWriter writer, ValueMap<T> value)
    {
        writer.WriteStartObject();
        foreach (var (key, item) in value)
        {
            writer.WritePropertyName(key);
            element.Write(writer, item);
        }

        writer.WriteEndObject();
    }

    public override ValueMap<T> Read(ref Utf8JsonReader reader, DecodeContext context)
    {
        if (reader.TokenType == JsonTokenType.Null) return ValueMap<T>.Empty;
        if (reader.TokenType != JsonTokenType.StartObject) throw context.WrongType(Codecs.NameOf(ref reader), GoName);
        var keys = new List<string>();
        var values = new List<T>();
        var sorted = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = StringCache.Get(ref reader);
            reader.Read();
            context.Enter(key, null);
            values.Add(element.Read(ref reader, context));
            context.Leave();
            if (keys.Count > 0 && string.CompareOrdinal(keys[^1], key) >= 0) sorted = false;
            keys.Add(key);
        }

        if (sorted) return ValueMap<T>.Wrap([.. keys], [.. values]);
        var map = new SortedList<string, T>(keys.Count, StringComparer.Ordinal);
        for (var i = 0; i < keys.Count; i++)
        {
            if (!map.TryAdd(keys[i], values[i]))
            {
                context.Duplicate(keys[i]);
                map[keys[i]] = values[i];
            }
        }

        return ValueMap<T>.Wrap([.. map.Keys], [.. map.Values]);
    }
}
