using ActorPlane.Api;

namespace ActorPlane.ApiServer;

/// <summary>A resource as the server stores it.</summary>
/// <param name="Info">Kind, group, version, scope.</param>
/// <param name="Prefix">Where its objects are in etcd, with a slash at the end: <c>/registry/pods/</c>.</param>
/// <param name="Strategy">What is peculiar to it.</param>
public sealed record ResourceType(ResourceInfo Info, string Prefix, ResourceStrategy Strategy)
{
    /// <summary>As kubectl names it: <c>pods</c>, <c>deployments.apps</c>.</summary>
    public string Name { get; } = Info.GroupResource;

    /// <summary>Group, version and plural, for refusals.</summary>
    public GroupVersionResource Gvr { get; } = Info.Gvr;

    /// <summary>What is wrong with a name, if anything.</summary>
    public Func<string, ValueList<string>> NameRule { get; } = Validator.NameRule(Info.Gvk.Group, Info.Gvk.Kind);

    /// <summary>False for resources of the whole cluster.</summary>
    public bool IsNamespaced => Info.Namespaced;

    /// <summary>What of the metadata a write of the status of a resource may not change.</summary>
    public static StatusKeeps StatusKeepsOf(ResourceInfo info) =>
        info.Custom is null ? ResourceStrategies.For(info.GroupResource).StatusKeeps : StatusKeeps.Metadata;

    /// <summary>The key of an object in etcd.</summary>
    public string KeyOf(NamespacedName name) => name.Namespace.Length == 0 ? Prefix + name.Name : $"{Prefix}{name.Namespace}/{name.Name}";
}
