namespace ActorPlane.Api;

/// <summary>What tells objects of a cluster apart: kind, namespace (empty for objects of the cluster) and name.</summary>
public readonly record struct ObjectKey(string Kind, string Namespace, string Name) : IComparable<ObjectKey>
{
    /// <summary>The key of an object.</summary>
    public static ObjectKey Of(IKubeObject value) => new(value.Kind, value.Metadata.Namespace ?? "", value.Metadata.Name ?? "");

    /// <summary>Kind, then namespace, then name, ordinal.</summary>
    public int CompareTo(ObjectKey other)
    {
        var order = string.CompareOrdinal(Kind, other.Kind);
        if (order == 0) order = string.CompareOrdinal(Namespace, other.Namespace);
        return order == 0 ? string.CompareOrdinal(Name, other.Name) : order;
    }

    /// <summary><c>Pod default/web-1</c>, <c>Node worker-1</c>.</summary>
    public override string ToString() => Namespace.Length == 0 ? $"{Kind} {Name}" : $"{Kind} {Namespace}/{Name}";
}
