using Microsoft.AspNetCore.Http;

namespace ActorPlane.Host.Otel;

/// <summary>The few forms that the many paths have: <c>/api/v1/namespaces/{namespace}/pods/{name}/status</c>.</summary>
internal static class RouteTemplate
{
    /// <summary>The form of a path; null when it has none that is known.</summary>
    public static string? Of(PathString path)
    {
        var parts = (path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        var resource = parts switch { ["api", _, ..] => 2, ["apis", _, _, ..] => 3, _ => -1 };
        if (resource < 0) return parts is ["version" or "healthz" or "livez" or "readyz" or "openapi" or "api" or "apis", ..] or [] ? "/" + string.Join('/', parts) : null;
        if (parts.Length > resource + 2 && parts[resource] == "namespaces" && parts[resource + 2] is not ("status" or "finalize"))
        {
            parts[resource + 1] = "{namespace}";
            resource += 2;
        }

        if (parts.Length > resource + 1) parts[resource + 1] = "{name}";
        return "/" + string.Join('/', parts);
    }
}
