using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using ActorPlane.Api;

namespace ActorPlane.Host.Http;

/// <summary>What the server offers: groups, versions, resources, verbs; in one document or in many.</summary>
internal sealed class DiscoveryDocuments
{
    private static readonly ConditionalWeakTable<ResourceRegistry, DiscoveryDocuments> ByRegistry = [];

    private readonly ConcurrentDictionary<(bool Core, string Version), byte[]> _aggregated = new();

    private DiscoveryDocuments(ResourceRegistry registry) => Versions = InOrder(registry);

    /// <summary>The documents of what a registry serves; worked out once for each.</summary>
    public static DiscoveryDocuments Of(ResourceRegistry registry) => ByRegistry.GetValue(registry, static r => new DiscoveryDocuments(r));

    /// <summary>Content-Type of the aggregated document.</summary>
    public static string AggregatedType(string version) => $"application/json;g=apidiscovery.k8s.io;v={version};as=APIGroupDiscoveryList";

    /// <summary>The groups but the core one, in the order in which clients look for a resource (<c>pkg/controlplane/apiserver</c>, priorities).</summary>
    private static readonly string[] Groups =
    [
        "apiregistration.k8s.io", "apps", "events.k8s.io", "authentication.k8s.io", "authorization.k8s.io", "autoscaling", "batch", "certificates.k8s.io",
        "networking.k8s.io", "policy", "rbac.authorization.k8s.io", "storage.k8s.io", "admissionregistration.k8s.io", "apiextensions.k8s.io",
        "scheduling.k8s.io", "coordination.k8s.io", "node.k8s.io", "discovery.k8s.io", "flowcontrol.apiserver.k8s.io",
    ];

    /// <summary>Resources by group and version; core first, versions by preference.</summary>
    public IReadOnlyList<(string Group, string Version, IReadOnlyList<ResourceInfo> Resources)> Versions { get; }

    /// <summary>Whether a path begins with a group and version that are served.</summary>
    public bool IsServed(string[] segments) => segments switch
    {
        ["api", var version, ..] => Versions.Any(v => v.Group.Length == 0 && v.Version == version),
        ["apis", var group, var version, ..] => Versions.Any(v => v.Group == group && v.Version == version),
        _ => false,
    };

    /// <summary>All paths, as <c>/</c> lists them.</summary>
    public JsonValue Paths() => JsonValue.Object(("paths", JsonValue.Array(
        new[] { "/.well-known/openid-configuration", "/api", "/api/v1", "/apis", "/apis/", "/metrics", "/openapi/v2", "/openapi/v3", "/openapi/v3/", "/openid/v1/jwks", "/version" }
            .Concat(Versions.Where(v => v.Group.Length > 0).SelectMany(v => new[] { $"/apis/{v.Group}", $"/apis/{v.Group}/{v.Version}" }))
            .Concat(HealthChecks.Paths).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(JsonValue.Of))));

    /// <summary><see cref="Aggregated(bool, string)"/>, encoded once.</summary>
    public byte[] AggregatedBytes(bool core, string version) =>
        _aggregated.GetOrAdd((core, version), static (key, documents) => documents.Aggregated(key.Core, key.Version).ToUtf8(), this);

    /// <summary>The aggregated document of <c>/api</c> (the core group) or <c>/apis</c> (the others).</summary>
    public JsonValue Aggregated(bool core, string version) => JsonValue.Object(
        ("kind", JsonValue.Of("APIGroupDiscoveryList")), ("apiVersion", JsonValue.Of("apidiscovery.k8s.io/" + version)), ("metadata", JsonValue.EmptyObject),
        ("items", JsonValue.Array(Versions.Where(v => v.Group.Length == 0 == core).GroupBy(v => v.Group, StringComparer.Ordinal).Select(group => JsonValue.Object(
            ("metadata", core
                ? JsonValue.Object(("creationTimestamp", JsonValue.Null))
                : JsonValue.Object(("name", JsonValue.Of(group.Key)), ("creationTimestamp", JsonValue.Null))),
            ("versions", JsonValue.Array(group.Select(v => JsonValue.Object(
                ("version", JsonValue.Of(v.Version)), ("resources", JsonValue.Array(v.Resources.Select(Aggregated))), ("freshness", JsonValue.Of("Current")))))))))));

    /// <summary><c>/api</c> in its plain form.</summary>
    public static JsonValue CoreVersions(string address) => JsonValue.Object(
        ("kind", JsonValue.Of("APIVersions")), ("versions", JsonValue.Array(JsonValue.Of("v1"))),
        ("serverAddressByClientCIDRs", JsonValue.Array(JsonValue.Object(("clientCIDR", JsonValue.Of("0.0.0.0/0")), ("serverAddress", JsonValue.Of(address))))));

    /// <summary><c>/apis</c> in its plain form.</summary>
    public JsonValue GroupList() => JsonValue.Object(
        ("kind", JsonValue.Of("APIGroupList")), ("apiVersion", JsonValue.Of("v1")),
        ("groups", JsonValue.Array(Versions.Where(v => v.Group.Length > 0).Select(v => v.Group).Distinct(StringComparer.Ordinal).Select(group => Group(group)!))));

    /// <summary><c>/apis/GROUP</c>; null when there is no such group.</summary>
    public JsonValue? Group(string group, bool withHeader = false)
    {
        var versions = Versions.Where(v => v.Group == group).Select(v => JsonValue.Object(
            ("groupVersion", JsonValue.Of($"{group}/{v.Version}")), ("version", JsonValue.Of(v.Version)))).ToList();
        if (versions.Count == 0 || group.Length == 0) return null;
        var tree = JsonValue.Object(("name", JsonValue.Of(group)), ("versions", JsonValue.Array(versions)), ("preferredVersion", versions[0]));
        return withHeader ? JsonValue.Object([new("kind", JsonValue.Of("APIGroup")), new("apiVersion", JsonValue.Of("v1")), .. tree.Members.ToArray()]) : tree;
    }

    /// <summary><c>/api/v1</c> or <c>/apis/GROUP/VERSION</c>; null when there is no such version.</summary>
    public JsonValue? ResourceList(string group, string version)
    {
        var found = Versions.FirstOrDefault(v => v.Group == group && v.Version == version);
        if (found.Resources is null) return null;
        return JsonValue.Object(
            ("kind", JsonValue.Of("APIResourceList")), ("apiVersion", JsonValue.Of("v1")),
            ("groupVersion", JsonValue.Of(group.Length == 0 ? version : $"{group}/{version}")),
            ("resources", JsonValue.Array(found.Resources.SelectMany(Plain))));
    }

    private static List<(string Group, string Version, IReadOnlyList<ResourceInfo> Resources)> InOrder(ResourceRegistry registry) =>
    [
        .. registry.Resources.GroupBy(info => (info.Gvk.Group, info.Gvk.Version))
            .OrderBy(group => Array.IndexOf(Groups, group.Key.Group) is var at && at < 0 && group.Key.Group.Length > 0 ? Groups.Length : at)
            .ThenBy(group => group.Key.Group, StringComparer.Ordinal)
            .ThenByDescending(group => group.Key.Version, VersionOrder.Comparer)
            .Select(group => (group.Key.Group, group.Key.Version,
                (IReadOnlyList<ResourceInfo>)[.. group.OrderBy(info => info.Plural, StringComparer.Ordinal)])),
    ];

    private static JsonValue Aggregated(ResourceInfo info)
    {
        var tree = JsonValue.Object(
            ("resource", JsonValue.Of(info.Plural)), ("responseKind", Kind(info.Gvk, info)), ("scope", JsonValue.Of(info.Namespaced ? "Namespaced" : "Cluster")),
            ("singularResource", JsonValue.Of(info.Singular)), ("verbs", Texts(info.Verbs)));
        if (!info.ShortNames.IsEmpty) tree = tree.With("shortNames", Texts(info.ShortNames));
        if (!info.Categories.IsEmpty) tree = tree.With("categories", Texts(info.Categories));
        return info.Subresources.IsEmpty ? tree : tree.With("subresources", JsonValue.Array(info.Subresources.Select(sub => JsonValue.Object(
            ("subresource", JsonValue.Of(sub.Name)), ("responseKind", Kind(sub.Kind, info)), ("verbs", Texts(sub.Verbs))))));
    }

    private static IEnumerable<JsonValue> Plain(ResourceInfo info)
    {
        var tree = JsonValue.Object(
            ("name", JsonValue.Of(info.Plural)), ("singularName", JsonValue.Of(info.Singular)), ("namespaced", JsonValue.Of(info.Namespaced)),
            ("kind", JsonValue.Of(info.Gvk.Kind)), ("verbs", Texts(info.Verbs)));
        if (!info.ShortNames.IsEmpty) tree = tree.With("shortNames", Texts(info.ShortNames));
        if (!info.Categories.IsEmpty) tree = tree.With("categories", Texts(info.Categories));
        yield return info.Allows("list") ? tree.With("storageVersionHash", JsonValue.Of(StorageVersionHash(info.StorageGvk))) : tree;
        foreach (var sub in info.Subresources)
        {
            var part = JsonValue.Object(
                ("name", JsonValue.Of($"{info.Plural}/{sub.Name}")), ("singularName", JsonValue.Of("")), ("namespaced", JsonValue.Of(info.Namespaced)));
            if (sub.Kind.Group != info.Gvk.Group || sub.Kind.Version != info.Gvk.Version)
                part = part.With("group", JsonValue.Of(sub.Kind.Group)).With("version", JsonValue.Of(sub.Kind.Version));
            yield return part.With("kind", JsonValue.Of(sub.Kind.Kind)).With("verbs", Texts(sub.Verbs));
        }
    }

    // Group and version are named only when they are others than those above, or of a custom resource (customresource_discovery_controller.go).
    private static JsonValue Kind(GroupVersionKind kind, ResourceInfo info)
    {
        var isOwn = info.Custom is null && kind.Group == info.Gvk.Group && kind.Version == info.Gvk.Version;
        return JsonValue.Object(("group", JsonValue.Of(isOwn ? "" : kind.Group)), ("version", JsonValue.Of(isOwn ? "" : kind.Version)), ("kind", JsonValue.Of(kind.Kind)));
    }

    /// <summary>Tells clients when objects are stored in another version than before (<c>apiserver/pkg/endpoints/discovery/storageversionhash.go</c>).</summary>
    private static string StorageVersionHash(GroupVersionKind kind)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{kind.Group}/{kind.Version}/{kind.Kind}"));
        return Convert.ToBase64String(hash.AsSpan(0, 8));
    }

    private static JsonValue Texts(ValueList<string> texts) => JsonValue.Array(texts.Select(JsonValue.Of));
}
