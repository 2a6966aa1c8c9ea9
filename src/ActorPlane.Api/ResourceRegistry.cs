using System.Collections.Frozen;
using System.Collections.Immutable;
using ActorPlane.Api.ApiExtensions.V1;

namespace ActorPlane.Api;

/// <summary>
/// All resources that an API server serves: the built-in ones, and those of established definitions. Immutable: another set of
/// definitions is another registry, so that whatever is derived from it (discovery, documents) can be kept by its identity.
/// </summary>
public sealed class ResourceRegistry
{
    private readonly ImmutableSortedDictionary<string, IReadOnlyList<ResourceInfo>> _byDefinition;
    private readonly FrozenDictionary<GroupVersionResource, ResourceInfo> _byResource;
    private readonly FrozenDictionary<GroupVersionKind, ResourceInfo> _byKind;

    private ResourceRegistry(ImmutableSortedDictionary<string, IReadOnlyList<ResourceInfo>> byDefinition)
    {
        _byDefinition = byDefinition;
        var custom = byDefinition.Values.SelectMany(infos => infos).Where(info => info.Custom!.IsServed).ToList();
        _byResource = custom.ToFrozenDictionary(info => info.Gvr);
        _byKind = custom.ToFrozenDictionary(info => info.Gvk);
        Resources = custom.Count == 0 ? KubeTypes.Resources : [.. KubeTypes.Resources, .. custom];
    }

    /// <summary>The built-in resources alone.</summary>
    public static ResourceRegistry BuiltIn { get; } = new(ImmutableSortedDictionary.Create<string, IReadOnlyList<ResourceInfo>>(StringComparer.Ordinal));

    /// <summary>Everything that is served: the built-in resources, then the custom ones by the names of their definitions.</summary>
    public IReadOnlyList<ResourceInfo> Resources { get; }

    /// <summary>The resource behind a path; null when it is not served.</summary>
    public ResourceInfo? Find(GroupVersionResource resource) => KubeTypes.Find(resource) ?? _byResource.GetValueOrDefault(resource);

    /// <summary>The resource of a kind; null when it is not served.</summary>
    public ResourceInfo? Find(GroupVersionKind kind) => KubeTypes.Find(kind) ?? _byKind.GetValueOrDefault(kind);

    /// <summary>The resource of an object's <c>apiVersion</c> and <c>kind</c>; null when it is not served.</summary>
    public ResourceInfo? Find(string apiVersion, string kind) => Find(GroupVersionKind.From(apiVersion, kind));

    /// <summary>The versions of a definition, the one that is stored first; none when it is not established.</summary>
    public IReadOnlyList<ResourceInfo> VersionsOf(string definition) => _byDefinition.GetValueOrDefault(definition) ?? [];

    /// <summary>The version as which a resource's objects are stored.</summary>
    public ResourceInfo StorageOf(ResourceInfo info) =>
        info.Gvk == info.StorageGvk ? info
        : info.Custom is not null ? VersionsOf(info.GroupResource) is [var first, ..] ? first : info
        : KubeTypes.Find(info.StorageGvk)!;

    /// <summary>With a definition as it is now; this registry when that changes nothing.</summary>
    public ResourceRegistry With(CustomResourceDefinition definition)
    {
        var name = definition.Metadata.Name!;
        var before = VersionsOf(name);
        if (before is [{ Custom.Definition: var known }, ..] && known.Spec == definition.Spec && known.Status == definition.Status) return this;
        var after = CustomResources.Of(definition, before);
        if (after.Count == 0 && before.Count == 0) return this;
        return new ResourceRegistry(after.Count == 0 ? _byDefinition.Remove(name) : _byDefinition.SetItem(name, after));
    }

    /// <summary>Without a definition.</summary>
    public ResourceRegistry Without(string definition) => _byDefinition.ContainsKey(definition) ? new ResourceRegistry(_byDefinition.Remove(definition)) : this;
}
