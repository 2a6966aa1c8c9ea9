using ActorPlane.Api;

namespace ActorPlane.Host.Http;

/// <summary>A path below <c>/api/VERSION</c> or <c>/apis/GROUP/VERSION</c>, taken apart (<c>apiserver/pkg/endpoints/request/requestinfo.go</c>).</summary>
/// <param name="Info">The resource.</param>
/// <param name="Storage">The kind as which it is stored.</param>
/// <param name="Namespace">Empty for resources of the cluster, and for all namespaces.</param>
/// <param name="Name">Null for the collection.</param>
/// <param name="Subresource">Null for the object itself.</param>
public sealed record ApiPath(ResourceInfo Info, ResourceInfo Storage, string Namespace, string? Name, string? Subresource)
{
    /// <summary>How the API server's messages name the resource.</summary>
    public string Resource => Storage.GroupResource;

    /// <summary>Null when there is no such resource.</summary>
    /// <param name="segments">The path's parts.</param>
    /// <param name="registry">The resources that are served.</param>
    public static ApiPath? Parse(ReadOnlySpan<string> segments, ResourceRegistry registry)
    {
        if (segments.Length < 3) return null;
        var (group, version) = segments[0] == "api" ? ("", segments[1]) : (segments[1], segments[2]);
        var rest = segments[(segments[0] == "api" ? 2 : 3)..];
        var scope = "";
        if (rest.Length > 2 && rest[0] == "namespaces" && !(rest.Length == 3 && group.Length == 0 && rest[2] is "status" or "finalize"))
        {
            scope = rest[1];
            rest = rest[2..];
        }

        // What stands behind a proxy is a matter of its backend.
        if (rest.Length > 3 && rest[2] == "proxy") rest = rest[..3];
        if (rest.Length is 0 or > 3 || rest.Contains("")) return null;
        if (registry.Find(new GroupVersionResource(group, version, rest[0])) is not { } info) return null;
        if (!info.Namespaced && scope.Length > 0) return null;
        var name = rest.Length > 1 ? rest[1] : null;
        if (info.Namespaced && name is not null && scope.Length == 0) return null;
        var subresource = rest.Length > 2 ? rest[2] : null;
        return subresource is null || info.Subresource(subresource) is not null ? new ApiPath(info, registry.StorageOf(info), scope, name, subresource) : null;
    }
}
