using Akka.Actor;
using Akka.Util;

namespace Akka.Serialization;

/// <summary>A serializer that writes down types by names of its own, so that types can be renamed and old versions read.</summary>
public abstract class SerializerWithStringManifest : Serializer
{
    /// <param name="system">The actor system that it belongs to.</param>
    protected SerializerWithStringManifest(ExtendedActorSystem system) : base(system)
    {
    }

    /// <summary>Always <c>true</c>.</summary>
    public sealed override bool IncludeManifest => true;

    /// <summary>Reads with the type's name as manifest.</summary>
    public sealed override object FromBinary(byte[] bytes, Type type) => FromBinary(bytes, type.TypeQualifiedName());

    /// <summary>The object of some bytes.</summary>
    /// <param name="bytes">What <see cref="Serializer.ToBinary" /> made.</param>
    /// <param name="manifest">What <see cref="Manifest" /> gave.</param>
    public abstract object FromBinary(byte[] bytes, string manifest);

    /// <summary>The name that is written down for the object.</summary>
    public abstract string Manifest(object o);
}
