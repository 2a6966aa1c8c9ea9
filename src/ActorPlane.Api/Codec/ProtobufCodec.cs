using System.Buffers.Binary;

namespace ActorPlane.Api;

/// <summary>
/// Kubernetes' protobuf form of objects: the bytes <c>k8s\0</c>, then a message with apiVersion, kind and the object's own message.
/// Source: staging/src/k8s.io/apimachinery/pkg/runtime/serializer/protobuf, the generated.proto files of k8s.io/api.
/// </summary>
public static class ProtobufCodec
{
    /// <summary>How a body of this form is called in HTTP.</summary>
    public const string MediaType = "application/vnd.kubernetes.protobuf";

    private static ReadOnlySpan<byte> Magic => [0x6b, 0x38, 0x73, 0x00];

    /// <summary>Whether bytes begin as this form does.</summary>
    public static bool IsEnvelope(ReadOnlySpan<byte> data) => data.StartsWith(Magic);

    /// <summary>Opens the envelope. Throws <see cref="DecodeException"/>.</summary>
    /// <param name="data">The body.</param>
    /// <param name="apiVersion">What the envelope says; may be empty.</param>
    /// <param name="kind">What the envelope says; may be empty.</param>
    /// <returns>The object's own message.</returns>
    public static ReadOnlySpan<byte> Open(ReadOnlySpan<byte> data, out string apiVersion, out string kind)
    {
        if (!IsEnvelope(data)) throw new DecodeException("provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
        (apiVersion, kind) = ("", "");
        ReadOnlySpan<byte> raw = default;
        var reader = new ProtoReader(data[Magic.Length..]);
        while (reader.NextField(out var number, out var wire))
        {
            switch (number)
            {
                case 1:
                    ProtoReader.Expect(wire, ProtoReader.Bytes);
                    var type = new ProtoReader(reader.ReadBytes());
                    while (type.NextField(out var inner, out var innerWire))
                    {
                        if (inner == 1) apiVersion = type.ReadText();
                        else if (inner == 2) kind = type.ReadText();
                        else type.Skip(innerWire);
                    }

                    break;
                case 2:
                    ProtoReader.Expect(wire, ProtoReader.Bytes);
                    raw = reader.ReadBytes();
                    break;
                default:
                    reader.Skip(wire);
                    break;
            }
        }

        return raw;
    }

    /// <summary>Reads an object's own message. Unknown fields are dropped, as protobuf does. Throws <see cref="DecodeException"/>.</summary>
    public static object Decode(ObjectSchema schema, ReadOnlySpan<byte> message)
    {
        if (!schema.HasProtobuf) throw new DecodeException($"{schema.GoName} has no protobuf form");
        var reader = new ProtoReader(message);
        return schema.ReadProto(ref reader, 0);
    }

    /// <summary>Reads a body of a type that is known. Throws <see cref="DecodeException"/>.</summary>
    public static T Decode<T>(ReadOnlySpan<byte> data)
        where T : class, IApiType<T> => (T)Decode(T.Descriptor, Open(data, out _, out _));

    /// <summary>An object with its envelope.</summary>
    public static byte[] Encode(IKubeObject value)
    {
        if (!value.Schema.HasProtobuf) throw new InvalidOperationException($"{value.Kind} has no protobuf form.");
        return Envelope(value.ApiVersion, value.Kind, value, static (writer, item) => item.Schema.WriteProto(writer, item));
    }

    /// <summary>Any generated type with an envelope that names it so.</summary>
    public static byte[] Encode<T>(string apiVersion, string kind, T value)
        where T : class, IApiType<T> => Envelope(apiVersion, kind, value, static (writer, item) => T.Descriptor.WriteProto(writer, item));

    /// <summary>An object's metadata alone, as PartialObjectMetadata.</summary>
    public static byte[] EncodeMetadata(IKubeObject value) => Envelope("meta.k8s.io/v1", "PartialObjectMetadata", value, WriteMetadata);

    /// <summary>One event of a watch: its length in four bytes, then the message WatchEvent with the enveloped object in it.</summary>
    /// <param name="type">ADDED, MODIFIED, DELETED, BOOKMARK or ERROR.</param>
    /// <param name="item">The object with its envelope.</param>
    public static byte[] WatchFrame(string type, ReadOnlySpan<byte> item)
    {
        var writer = new ProtoWriter();
        writer.Prefix([0, 0, 0, 0]);
        writer.Text(1, type);
        var extension = writer.Open(2);
        writer.Bytes(1, item);
        writer.Close(extension);
        var frame = writer.Written.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(frame, frame.Length - sizeof(int));
        return frame;
    }

    internal static void WriteMetadata(ProtoWriter writer, IKubeObject value)
    {
        var metadata = writer.Open(1);
        Meta.V1.ObjectMeta.Descriptor.WriteProto(writer, value.Metadata);
        writer.Close(metadata);
    }

    /// <summary>The bytes of an envelope before the object's own message, which is so many bytes long.</summary>
    internal static byte[] Head(string apiVersion, string kind, long length)
    {
        var writer = new ProtoWriter();
        WriteType(writer, apiVersion, kind);
        writer.Head(2, (ulong)length);
        return writer.Written.ToArray();
    }

    /// <summary>The bytes of an envelope after it: no encoding, no content type.</summary>
    internal static ReadOnlySpan<byte> Tail => [0x1a, 0, 0x22, 0];

    private static byte[] Envelope<T>(string apiVersion, string kind, T value, Action<ProtoWriter, T> write)
    {
        var writer = new ProtoWriter();
        WriteType(writer, apiVersion, kind);
        var raw = writer.Open(2);
        write(writer, value);
        writer.Close(raw);
        writer.Prefix(Tail);
        return writer.Written.ToArray();
    }

    private static void WriteType(ProtoWriter writer, string apiVersion, string kind)
    {
        writer.Prefix(Magic);
        var type = writer.Open(1);
        writer.Text(1, apiVersion);
        writer.Text(2, kind);
        writer.Close(type);
    }
}
