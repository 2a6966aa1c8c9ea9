using ActorPlane.Api;

namespace ActorPlane.ApiServer;

/// <summary>
/// All resources that the server stores, built-in and custom, by name and by their place in etcd. The layout is that of Kubernetes
/// (<c>pkg/kubeapiserver/default_storage_factory_builder.go</c>): <c>/registry/RESOURCE/NAMESPACE/NAME</c>, with the odd
/// names of old kept, and with the group between for what came as an extension.
/// </summary>
public sealed class ResourceTable
{
    /// <summary>Every key of the API server begins with it.</summary>
    public const string Root = "/registry/";

    private static readonly Dictionary<string, string> OddPlaces = new(StringComparer.Ordinal)
    {
        ["nodes"] = "minions",
        ["services"] = "services/specs",
        ["endpoints"] = "services/endpoints",
        ["replicationcontrollers"] = "controllers",
        ["ingresses.networking.k8s.io"] = "ingress",
        ["customresourcedefinitions.apiextensions.k8s.io"] = "apiextensions.k8s.io/customresourcedefinitions",
        ["apiservices.apiregistration.k8s.io"] = "apiregistration.k8s.io/apiservices",
    };

    private readonly Dictionary<string, ResourceType> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ResourceType> _byPlace = new(StringComparer.Ordinal);

    /// <summary>The built-in resources.</summary>
    public ResourceTable()
    {
        foreach (var info in KubeTypes.Resources)
        {
            // One storage for all versions of a resource; what is only asked, such as a review, has none.
            if (info.Gvk != info.StorageGvk || !info.Allows("list")) continue;
            var place = OddPlaces.GetValueOrDefault(info.GroupResource) ?? info.Plural;
            var type = new ResourceType(info, $"{Root}{place}/", ResourceStrategies.For(info.GroupResource));
            _byName.Add(type.Name, type);
            _byPlace.Add(place, type);
        }
    }

    /// <summary>The resource of that name, or null.</summary>
    public ResourceType? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Adds a custom resource, or puts another state of its definition in its place.</summary>
    /// <param name="versions">Its versions, the one that is stored first.</param>
    public ResourceType Define(IReadOnlyList<ResourceInfo> versions)
    {
        var storage = versions[0];
        var place = $"{storage.Gvk.Group}/{storage.Plural}";
        var type = new ResourceType(storage, $"{Root}{place}/", new CustomResourceStrategy(versions));
        _byName[type.Name] = type;
        _byPlace[place] = type;
        return type;
    }

    /// <summary>Takes a custom resource away.</summary>
    public void Remove(ResourceType type)
    {
        _byName.Remove(type.Name);
        _byPlace.Remove(type.Prefix[Root.Length..^1]);
    }

    /// <summary>Takes a key of etcd apart; false for keys that are no object of a known resource.</summary>
    public bool TryParse(string key, out ResourceType type, out NamespacedName name)
    {
        (type, name) = (null!, default);
        if (!key.StartsWith(Root, StringComparison.Ordinal)) return false;

        // The place is one or two segments long; what remains is the name, after the namespace if there is one.
        var first = key.IndexOf('/', Root.Length);
        if (first < 0) return false;
        var end = first;
        if (!_byPlace.TryGetValue(key[Root.Length..first], out type!))
        {
            end = key.IndexOf('/', first + 1);
            if (end < 0 || !_byPlace.TryGetValue(key[Root.Length..end], out type!)) return false;
        }

        var rest = key[(end + 1)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (type.IsNamespaced != (slash >= 0)) return false;
        name = slash < 0 ? new NamespacedName("", rest) : new NamespacedName(rest[..slash], rest[(slash + 1)..]);
        return name.Name.Length > 0;
    }
}
