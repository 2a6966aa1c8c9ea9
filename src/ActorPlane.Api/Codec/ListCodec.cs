using System.Text.Json;

namespace ActorPlane.Api;

/// <summary>Lists.</summary>
internal sealed class ListCodec<T>(Codec<T> element) : Codec<ValueList<T>>
{
    public override SchemaKind Kind => SchemaKind.List;

    public override ValueSchema Element => element;

    public override string GoName => "[]" + element.GoName;

    public override ValueList<T> NoValue => ValueList<T>.Empty;

    public override bool IsAbsent(ValueList<T> value) => value is null || value.IsEmpty;

    public override bool IsEmpty(ValueList<T> value) => IsAbsent(value);

    public override void WriteEmpty(Utf8JsonWriter writer) => writer.WriteNullValue();

    public override void Write(Utf8JsonWriter writer, ValueList<T> value)
    {
        writer.WriteStartArray();
        foreach (var item in value) element.Write(writer, item);
        writer.WriteEndArray();
    }

    public override ValueList<T> Read(ref Utf8JsonReader reader, DecodeContext context)
    {
        if (reader.TokenType == JsonTokenType.Null) return ValueList<T>.Empty;
        if (reader.TokenType != JsonTokenType.StartArray) throw context.WrongType(Codecs.NameOf(ref reader), GoName);
        T[] items = [];
        var count = 0;
        context.EnterItem(0);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (count == items.Length) Array.Resize(ref items, count == 0 ? 2 : count * 2);
            context.SetItem(count);
            items[count++] = element.Read(ref reader, context);
        }

        context.Leave();
        if (count != items.Length) Array.Resize(ref items, count);
        return ValueList<T>.Wrap(items);
    }

    public override void WriteProto(ProtoWriter writer, int number, ValueList<T> value)
    {
        foreach (var item in value) element.WriteProto(writer, number, item);
    }

    public override ValueList<T> ReadProto(ref ProtoReader reader, int wire, ValueList<T> before, int depth)
    {
        // Encoders write the elements of one list one after the other: all of them are read at once.
        var items = new List<T>();
        do
        {
            // Numbers may come packed into one field.
            if (wire == ProtoReader.Bytes && element.Kind is (SchemaKind.Int32 or SchemaKind.Int64))
            {
                var packed = new ProtoReader(reader.ReadBytes());
                while (!packed.AtEnd) items.Add(element.ReadProto(ref packed, ProtoReader.Varint, default!, depth));
            }
            else
            {
                items.Add(element.ReadProto(ref reader, wire, default!, depth));
            }
        }
        while (reader.NextIsSame());
        return ValueList<T>.Wrap([.. before, .. items]);
    }
}
