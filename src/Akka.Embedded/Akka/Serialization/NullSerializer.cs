using Akka.Actor;

namespace Akka.Serialization;

/// <summary>The serializer of <c>null</c>: no bytes.</summary>
public class NullSerializer : Serializer
{
    /// <param name="system">The actor system that it belongs to.</param>
    public NullSerializer(ExtendedActorSystem system) : base(system)
    {
    }

    /// <inheritdoc />
    public override int Identifier => 0;

    /// <inheritdoc />
    public override bool IncludeManifest => false;

    /// <inheritdoc />
    public override byte[] ToBinary(object obj) => [];

    /// <inheritdoc />
    public override object FromBinary(byte[] bytes, Type type) => null;
}
