using System.Text;
using ActorPlane.Api;
using ActorPlane.Etcd;

namespace ActorPlane.ApiServer;

/// <summary>A resource as the server stores it.</summary>
/// <param name="Info">Kind, group, version, scope.</param>
/// <param name="Prefix">Where its objects are in etcd, with a slash at the end: <c>/registry/pods/</c>.</param>
/// <param name="Strategy">What is peculiar to it.</param>
public sealed record ResourceType(ResourceInfo Info, string Prefix, ResourceStrategy Strategy)
{
    private readonly byte[] _prefix = Encoding.UTF8.GetBytes(Prefix);

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
    public EtcdKey KeyOf(NamespacedName name)
    {
        var utf8 = Encoding.UTF8;
        var inNamespace = name.Namespace.Length > 0;
        var key = new byte[_prefix.Length + (inNamespace ? utf8.GetByteCount(name.Namespace) + 1 : 0) + utf8.GetByteCount(name.Name)];
        var at = _prefix.Length;
        _prefix.CopyTo(key, 0);
        if (inNamespace)
        {
            at += utf8.GetBytes(name.Namespace, key.AsSpan(at));
            key[at++] = (byte)'/';
        }

        utf8.GetBytes(name.Name, key.AsSpan(at));
        return EtcdKey.Wrap(key);
    }
}
