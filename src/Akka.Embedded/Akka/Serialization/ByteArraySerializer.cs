using Akka.Actor;

namespace Akka.Serialization;

/// <summary>The serializer of bytes: the bytes themselves.</summary>
public class ByteArraySerializer : Serializer
{
    /// <param name="system">The actor system that it belongs to.</param>
    public ByteArraySerializer(ExtendedActorSystem system) : base(system)
    {
    }

    /// <inheritdoc />
    public override bool IncludeManifest => false;

    /// <inheritdoc />
    /// <exception cref="NotSupportedException">The object is not an array of bytes.</exception>
    public override byte[] ToBinary(object obj) => obj switch
    {
        null => null,
        byte[] bytes => bytes,
        _ => throw new NotSupportedException("The object to convert is not a byte array.")
    };

    /// <inheritdoc />
    public override object FromBinary(byte[] bytes, Type type) => bytes;
}
