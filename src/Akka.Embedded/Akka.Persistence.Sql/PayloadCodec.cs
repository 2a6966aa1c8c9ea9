using Akka.Actor;
using Akka.Serialization;

namespace Akka.Persistence.Sql;

/// <summary>Turns payloads into bytes, serializer id and manifest, and back.</summary>
internal sealed class PayloadCodec(ExtendedActorSystem system, string? defaultSerializer)
{
    private readonly Akka.Serialization.Serialization _serialization = system.Serialization;

    public (byte[] Bytes, int SerializerId, string Manifest) Encode(object payload)
    {
        var serializer = _serialization.FindSerializerForType(payload.GetType(), defaultSerializer);
        var bytes = Akka.Serialization.Serialization.WithTransport(system, (serializer, payload), static s => s.serializer.ToBinary(s.payload));
        return (bytes, serializer.Identifier, Akka.Serialization.Serialization.ManifestFor(serializer, payload));
    }

    public object Decode(byte[] bytes, int? serializerId, string manifest)
    {
        if (serializerId is { } id)
        {
            return _serialization.Deserialize(bytes, id, manifest);
        }

        // Rows from before there was a column for the serializer: the manifest is the type.
        var type = Type.GetType(manifest, throwOnError: true)!;
        return _serialization.FindSerializerForType(type, defaultSerializer).FromBinary(bytes, type);
    }
}
