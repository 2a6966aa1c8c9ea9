using System.Globalization;
using ActorPlane.Api;

namespace ActorPlane.Host.Http;

/// <summary>
/// Chooses the form of an answer from the Accept header: the first range that is offered, by quality and then by place
/// (<c>apiserver/pkg/endpoints/handlers/negotiation/negotiate.go</c>). Offered are JSON, YAML and protobuf.
/// </summary>
internal static class AcceptHeader
{
    private const string Json = "application/json";

    /// <summary>The form of an answer with objects.</summary>
    /// <param name="accept">The header; may be empty.</param>
    /// <param name="hasProtobuf">Whether the objects themselves have a protobuf form. Their metadata always has.</param>
    /// <param name="isWatch">Whether the answer is a stream.</param>
    /// <exception cref="StatusException">406: the client takes none.</exception>
    public static (AcceptedForm Form, bool IsProtobuf) Negotiate(string accept, bool hasProtobuf, bool isWatch = false)
    {
        if (accept.Length == 0 || accept == Json) return (AcceptedForm.Json, false);
        foreach (var parts in Ranges(accept))
        {
            var isProtobuf = parts[0] == ProtobufCodec.MediaType;

            // YAML is said as JSON first: see YamlAnswers.
            var isYaml = parts[0] == YamlAnswers.MediaType && !isWatch;
            if (!isProtobuf && !isYaml && parts[0] is not (Json or "application/*" or "*/*")) continue;
            var kind = Parameter(parts, "as");
            if (kind is null)
            {
                if (isProtobuf && !hasProtobuf) continue;
                return (AcceptedForm.Json, isProtobuf);
            }

            if (Parameter(parts, "g") != "meta.k8s.io" || Parameter(parts, "v") != "v1") continue;
            switch (kind)
            {
                case "Table" when !isProtobuf: return (AcceptedForm.Table, false);
                case "PartialObjectMetadata": return (AcceptedForm.Metadata, isProtobuf);

                // What a watch tells is never a list.
                case "PartialObjectMetadataList" when !isWatch: return (AcceptedForm.MetadataList, isProtobuf);
            }
        }

        throw new StatusException(isWatch
            ? ApiErrors.NotAcceptable(Json + ";stream=watch", ProtobufCodec.MediaType + ";stream=watch")
            : ApiErrors.NotAcceptable(Json, YamlAnswers.MediaType, ProtobufCodec.MediaType));
    }

    /// <summary>Whether YAML is wanted before all else that is offered.</summary>
    public static bool WantsYaml(string accept)
    {
        foreach (var parts in Ranges(accept))
        {
            if (parts[0] is Json or YamlAnswers.MediaType or "application/*" or "*/*" or ProtobufCodec.MediaType) return parts[0] == YamlAnswers.MediaType;
        }

        return false;
    }

    /// <summary>Whether a Status is wanted in protobuf.</summary>
    public static bool WantsProtobufStatus(string accept)
    {
        if (!accept.Contains(ProtobufCodec.MediaType, StringComparison.Ordinal)) return false;
        foreach (var parts in Ranges(accept))
        {
            if (Parameter(parts, "as") is null && parts[0] is Json or "application/*" or "*/*" or ProtobufCodec.MediaType) return parts[0] == ProtobufCodec.MediaType;
        }

        return false;
    }

    /// <summary>The version of aggregated discovery that is wanted most, <c>v2</c> or <c>v2beta1</c>; null for the plain documents.</summary>
    public static string? DiscoveryVersion(string accept)
    {
        foreach (var parts in Ranges(accept))
        {
            if (parts[0] != Json) continue;
            var kind = Parameter(parts, "as");
            if (kind is null) return null;
            if (kind == "APIGroupDiscoveryList" && Parameter(parts, "g") == "apidiscovery.k8s.io" && Parameter(parts, "v") is ("v2" or "v2beta1") and var version) return version;
        }

        return null;
    }

    // Each range with its parameters, the wanted ones first.
    private static IEnumerable<string[]> Ranges(string accept)
    {
        var ranges = accept.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(range => range.Split(';', StringSplitOptions.TrimEntries));
        return accept.Contains("q=", StringComparison.Ordinal) || accept.Contains('*', StringComparison.Ordinal)
            ? ranges.OrderByDescending(Quality).ThenBy(parts => parts[0].AsSpan().Count('*'))
            : ranges;
    }

    private static double Quality(string[] parts) =>
        double.TryParse(Parameter(parts, "q"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var quality) ? quality : 1;

    private static string? Parameter(string[] parts, string name)
    {
        foreach (var part in parts.AsSpan(1))
        {
            if (part.StartsWith(name, StringComparison.Ordinal) && part.Length > name.Length && part[name.Length] == '=') return part[(name.Length + 1)..];
        }

        return null;
    }
}
