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
        var type = new ProtoWriter();
        type.Text(1, value.ApiVersion);
        type.Text(2, value.Kind);
        var message = new ProtoWriter();
        value.Schema.WriteProto(message, value);
        var envelope = new ProtoWriter();
        envelope.Bytes(1, type.Written);
        envelope.Bytes(2, message.Written);
        envelope.Bytes(3, []);
        envelope.Bytes(4, []);
        return [.. Magic, .. envelope.Written];
    }
}
