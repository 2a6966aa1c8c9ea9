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
        var map = new Dictionary<string, T>(keys.Count, StringComparer.Ordinal);
        for (var i = 0; i < keys.Count; i++)
        {
            if (!map.TryAdd(keys[i], values[i]))
            {
                context.Duplicate(keys[i]);
                map[keys[i]] = values[i];
            }
        }

        return ValueMap<T>.Sorted(map);
    }

    public override void WriteProto(ProtoWriter writer, int number, ValueMap<T> value)
    {
        foreach (var (key, item) in value)
        {
            var entry = writer.Open(number);
            writer.Text(1, key);
            if (element.Kind == SchemaKind.List)
            {
                // A list inside a map is a message of its own (ExtraValue).
                var list = writer.Open(2);
                element.WriteProto(writer, 1, item);
                writer.Close(list);
            }
            else
            {
                element.WriteProto(writer, 2, item);
            }

            writer.Close(entry);
        }
    }

    public override ValueMap<T> ReadProto(ref ProtoReader reader, int wire, ValueMap<T> before, int depth)
    {
        // Encoders write the entries of one map one after the other: all of them are read at once.
        var entries = new Dictionary<string, T>(before, StringComparer.Ordinal);
        do
        {
            ProtoReader.Expect(wire, ProtoReader.Bytes);
            var (key, value) = ReadEntry(reader.ReadBytes(), depth);
            entries[key] = value;
        }
        while (reader.NextIsSame());
        return ValueMap<T>.Sorted(entries);
    }

    private (string Key, T Value) ReadEntry(ReadOnlySpan<byte> data, int depth)
    {
        var entry = new ProtoReader(data);
        var key = "";
        var value = Missing();
        while (entry.NextField(out var number, out var inner))
        {
            if (number == 1) key = entry.ReadText();
            else if (number != 2) entry.Skip(inner);
            else if (element.Kind == SchemaKind.List)
            {
                var list = new ProtoReader(entry.ReadBytes());
                while (list.NextField(out var place, out var listWire))
                {
                    if (place == 1) value = element.ReadProto(ref list, listWire, value, depth);
                    else list.Skip(listWire);
                }
            }
            else value = element.ReadProto(ref entry, inner, value, depth);
        }

        return (key, value);
    }

    // Go reads an entry without a value as the empty value.
    private T Missing() => element.NoValue;
}
