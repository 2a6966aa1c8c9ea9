using System.Collections.Frozen;

namespace ActorPlane.Api;

/// <summary>All built-in kinds and resources.</summary>
public static partial class KubeTypes
{
    private static readonly ResourceInfo[] All = GeneratedResources();

    private static readonly FrozenDictionary<GroupVersionKind, Func<ObjectSchema>> Schemas =
        GeneratedKinds().ToFrozenDictionary(entry => entry.Gvk, entry => entry.Schema);

    private static readonly FrozenDictionary<GroupVersionResource, ResourceInfo> ByResource = All.ToFrozenDictionary(info => info.Gvr);

    private static readonly FrozenDictionary<GroupVersionKind, ResourceInfo> ByKind = All.ToFrozenDictionary(info => info.Gvk);

    /// <summary>Every resource, by group, version and plural.</summary>
    public static IReadOnlyList<ResourceInfo> Resources => All;

    /// <summary>The resource behind a path; null when it is no built-in one.</summary>
    public static ResourceInfo? Find(GroupVersionResource resource) => ByResource.GetValueOrDefault(resource);

    /// <summary>The resource of a kind; null when it is no built-in one or has none (<c>Status</c>).</summary>
    public static ResourceInfo? Find(GroupVersionKind kind) => ByKind.GetValueOrDefault(kind);

    /// <summary>The resource of an object's <c>apiVersion</c> and <c>kind</c>; null when it is no built-in one.</summary>
    public static ResourceInfo? Find(string apiVersion, string kind) => Find(GroupVersionKind.From(apiVersion, kind));

    /// <summary>The resource of a built-in object.</summary>
    public static ResourceInfo Of(IKubeObject value) =>
        Find(value.ApiVersion, value.Kind) ?? throw new ArgumentException($"{value.ApiVersion} {value.Kind} is no resource.", nameof(value));

    /// <summary>The descriptor of a built-in kind, resources and others (<c>Status</c>, <c>Scale</c>); null when there is none.</summary>
    public static ObjectSchema? Schema(GroupVersionKind kind) => Schemas.TryGetValue(kind, out var schema) ? schema() : null;
}
