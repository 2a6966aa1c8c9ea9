using ActorPlane.Api;

namespace ActorPlane.Host.Http;

/// <summary>
/// Chooses the form of an answer from the Accept header: the first that is offered, in the header's order
/// (<c>apiserver/pkg/endpoints/handlers/negotiation</c>). All answers are JSON.
/// </summary>
internal static class AcceptHeader
{
    /// <summary>The form of an answer with objects.</summary>
    /// <exception cref="StatusException">406: the client takes none.</exception>
    public static AcceptedForm FormOf(string accept)
    {
        if (accept.Length == 0) return AcceptedForm.Json;
        foreach (var range in accept.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = range.Split(';', StringSplitOptions.TrimEntries);
            if (parts[0] is not ("application/json" or "application/*" or "*/*")) continue;
            var (kind, version, group) = (Parameter(parts, "as"), Parameter(parts, "v"), Parameter(parts, "g"));
            if (kind is null) return AcceptedForm.Json;
            if (group != "meta.k8s.io" || version != "v1") continue;
            switch (kind)
            {
                case "Table": return AcceptedForm.Table;
                case "PartialObjectMetadata" or "PartialObjectMetadataList": return AcceptedForm.Metadata;
            }
        }

        throw new StatusException(ApiErrors.NotAcceptable("application/json"));
    }

    /// <summary>The version of aggregated discovery that is wanted most, <c>v2</c> or <c>v2beta1</c>; null for the plain documents.</summary>
    public static string? DiscoveryVersion(string accept)
    {
        foreach (var range in accept.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = range.Split(';', StringSplitOptions.TrimEntries);
            if (parts[0] != "application/json") continue;
            var kind = Parameter(parts, "as");
            if (kind is null) return null;
            if (kind == "APIGroupDiscoveryList" && Parameter(parts, "g") == "apidiscovery.k8s.io" && Parameter(parts, "v") is ("v2" or "v2beta1") and var version) return version;
        }

        return null;
    }

    private static string? Parameter(string[] parts, string name)
    {
        foreach (var part in parts.AsSpan(1))
        {
            if (part.StartsWith(name, StringComparison.Ordinal) && part.Length > name.Length && part[name.Length] == '=') return part[(name.Length + 1)..];
        }

        return null;
    }
}
