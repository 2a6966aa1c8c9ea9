using ActorPlane.Api;
using ActorPlane.ApiServer;

namespace ActorPlane.Host.Tests.Golden;

/// <summary>A path of the record, taken apart.</summary>
/// <param name="Info">The resource; null when it is unknown.</param>
public sealed record RecordedPath(ResourceInfo? Info, string Namespace, string? Name, string? Subresource)
{
    /// <summary>Null when the path names no resource: discovery, health, version, OpenAPI.</summary>
    public static RecordedPath? Parse(string path, ResourceRegistry? registry = null)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (segments is not ["api", _, _, ..] and not ["apis", _, _, _, ..]) return null;
        var (group, version) = segments[0] == "api" ? ("", segments[1]) : (segments[1], segments[2]);
        var rest = segments[(segments[0] == "api" ? 2 : 3)..];
        var scope = "";
        if (rest.Length > 2 && rest[0] == "namespaces" && rest[2] is not ("status" or "finalize")) (scope, rest) = (rest[1], rest[2..]);
        return new RecordedPath(
            (registry ?? ResourceRegistry.BuiltIn).Find(new GroupVersionResource(group, version, rest[0])), scope, rest.ElementAtOrDefault(1), rest.ElementAtOrDefault(2));
    }
}
