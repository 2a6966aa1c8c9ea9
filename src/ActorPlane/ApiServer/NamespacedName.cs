using ActorPlane.Api;

namespace ActorPlane.ApiServer;

/// <summary>Names one object of a resource, as <c>types.NamespacedName</c> in apimachinery. Ordered by namespace, then name, both by code unit.</summary>
/// <param name="Namespace">Empty for objects that belong to the whole cluster.</param>
public readonly record struct NamespacedName(string Namespace, string Name) : IComparable<NamespacedName>
{
    /// <summary>The name of <paramref name="item"/>, which must have one.</summary>
    public static NamespacedName Of(IKubeObject item) =>
        new(item.Metadata.Namespace ?? "", item.Metadata.Name ?? throw new ArgumentException("The object has no name.", nameof(item)));

    /// <inheritdoc />
    public int CompareTo(NamespacedName other)
    {
        var byNamespace = ReferenceEquals(Namespace, other.Namespace) ? 0 : string.CompareOrdinal(Namespace, other.Namespace);
        return byNamespace != 0 ? byNamespace : string.CompareOrdinal(Name, other.Name);
    }

    /// <summary><c>namespace/name</c>, or the name alone.</summary>
    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}/{Name}";
}
