using Akka.Actor;
using Akka.Annotations;

namespace Akka.Serialization;

/// <summary>For whom something is serialized: the system, and its address as the reader sees it.</summary>
[InternalApi]
public sealed class Information : IEquatable<Information>
{
    /// <param name="address">The address of the system as the reader sees it.</param>
    /// <param name="system">The system.</param>
    public Information(Address address, ActorSystem system)
    {
        Address = address;
        System = system;
    }

    /// <summary>The address of the system as the reader sees it.</summary>
    public Address Address { get; }

    public ActorSystem System { get; }

    /// <inheritdoc />
    public static bool operator ==(Information left, Information right) => Equals(left, right);

    /// <inheritdoc />
    public static bool operator !=(Information left, Information right) => !Equals(left, right);

    /// <inheritdoc />
    public bool Equals(Information other) => other is not null && Equals(Address, other.Address) && Equals(System, other.System);

    /// <inheritdoc />
    public override bool Equals(object obj) => Equals(obj as Information);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Address, System);
}
