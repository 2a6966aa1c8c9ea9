using System.Text.Json;

namespace ActorPlane.Api;

/// <summary>Objects of one built-in type. The descriptor is asked for on first use: types may contain themselves.</summary>
internal sealed class MessageCodec<T> : Codec<T?>
    where T : class, IApiType<T>
{
    /// <summary>The one instance.</summary>
    public static readonly MessageCodec<T> Instance = new();

    /// <summary>The same one for lists, maps and fields that are never null.</summary>
    public static Codec<T> Present => Instance!;

    public override SchemaKind Kind => SchemaKind.Message;

    public override ObjectSchema Message => T.Descriptor;

    public override IReadOnlyList<FieldSchema> Fields => T.Descriptor.Fields;

    public override bool IsAtomic => T.Descriptor.IsAtomic;

    public override string GoName => T.Descriptor.GoName;

    public override FieldSchema? Find(string jsonName) => T.Descriptor.Find(jsonName);

    public override bool IsAbsent(T? value) => value is null;

    public override bool IsEmpty(T? value) => value is null;

    public override void WriteEmpty(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteEndObject();
    }

    public override void Write(Utf8JsonWriter writer, T? value) => T.Descriptor.WriteJson(writer, value!);

    public override T? Read(ref Utf8JsonReader reader, DecodeContext context) =>
        reader.TokenType == JsonTokenType.Null ? T.EmptyInstance : (T)T.Descriptor.ReadJson(ref reader, context);

    public override T? NoValue => T.EmptyInstance;

    public override void WriteProto(ProtoWriter writer, int number, T? value)
    {
        var begin = writer.Open(number);
        T.Descriptor.WriteProto(writer, value!);
        writer.Close(begin);
    }

    public override T? ReadProto(ref ProtoReader reader, int wire, T? before, int depth)
    {
        ProtoReader.Expect(wire, ProtoReader.Bytes);
        var message = new ProtoReader(reader.ReadBytes());
        return (T)T.Descriptor.ReadProto(ref message, depth + 1);
    }
}
