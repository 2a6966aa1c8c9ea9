using Akka.Actor;

namespace Akka.Serialization;

/// <summary>Turns objects into bytes and back. A subclass needs a constructor that takes an <see cref="ExtendedActorSystem" />, and may have one
/// that takes its settings as well.</summary>
public abstract class Serializer
{
    /// <summary>The actor system that it belongs to.</summary>
    protected readonly ExtendedActorSystem system;

    private int? _identifier;

    /// <param name="system">The actor system that it belongs to.</param>
    protected Serializer(ExtendedActorSystem system) => this.system = system;

    /// <summary>The number that stands for the serializer in what was written; from <c>akka.actor.serialization-identifiers</c> unless a subclass
    /// knows better. 0 to 40 are Akka's own.</summary>
    public virtual int Identifier => _identifier ??= SerializerIdentifierHelper.GetSerializerIdentifierFromConfig(GetType(), system);

    /// <summary>Whether reading needs to be told the type.</summary>
    public abstract bool IncludeManifest { get; }

    /// <summary>The bytes of an object.</summary>
    public abstract byte[] ToBinary(object obj);

    /// <summary>The bytes of an object, with addresses of actors for a reader in another process.</summary>
    public byte[] ToBinaryWithAddress(Address address, object obj) =>
        Serialization.WithTransport(new Information(address, system), (Serializer: this, Object: obj), static what => what.Serializer.ToBinary(what.Object));

    /// <summary>The object of some bytes.</summary>
    /// <param name="bytes">What <see cref="ToBinary" /> made.</param>
    /// <param name="type">The type of the object, if it was written down.</param>
    public abstract object FromBinary(byte[] bytes, Type type);

    /// <summary>The object of some bytes.</summary>
    public T FromBinary<T>(byte[] bytes) => (T)FromBinary(bytes, typeof(T));
}
