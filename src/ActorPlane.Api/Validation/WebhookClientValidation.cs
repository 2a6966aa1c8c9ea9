using ActorPlane.Api.AdmissionRegistration.V1;

namespace ActorPlane.Api;

/// <summary>Where a webhook is. Source: staging/src/k8s.io/apiserver/pkg/util/webhook/validation.go.</summary>
internal static class WebhookClientValidation
{
    public static void Validate(List<FieldError> errors, FieldPath path, WebhookClientConfig config)
    {
        if (config.Url is null == config.Service is null) errors.Add(FieldError.Required(path, "exactly one of url or service is required"));
        else if (config.Url is { } url) Url(errors, path.Child("url"), url);
        else Service(errors, path.Child("service"), config.Service!.Namespace, config.Service.Name, config.Service.Path, config.Service.Port ?? 0, swapped: true);
    }

    public static void Url(List<FieldError> errors, FieldPath path, string text)
    {
        const string Form = "; desired format: https://host[/path]";
        var (scheme, user, host, query, fragment) = Parse(text);
        if (scheme != "https") errors.Add(FieldError.Invalid(path, scheme, "'https' is the only allowed URL scheme" + Form));
        if (host.Length == 0) errors.Add(FieldError.Invalid(path, host, "host must be provided" + Form));
        if (user is not null) errors.Add(FieldError.Invalid(path, user, "user information is not permitted in the URL"));
        if (fragment.Length > 0) errors.Add(FieldError.Invalid(path, fragment, "fragments are not permitted in the URL"));
        if (query.Length > 0) errors.Add(FieldError.Invalid(path, query, "query parameters are not permitted in the URL"));
    }

    /// <param name="swapped">The real server takes name and namespace of an admission webhook for each other: a missing one is told as the other.</param>
    public static void Service(List<FieldError> errors, FieldPath path, string? @namespace, string? name, string? urlPath, int port, bool swapped)
    {
        if (swapped) (@namespace, name) = (name, @namespace);
        if (name.IsBlank()) errors.Add(FieldError.Required(path.Child("name"), "service name is required"));
        if (@namespace.IsBlank()) errors.Add(FieldError.Required(path.Child("namespace"), "service namespace is required"));
        if (NameRules.PortNumber(port) is [var problem, ..]) errors.Add(FieldError.Invalid(path.Child("port"), port, "port is not valid: " + problem));
        if (urlPath is null or "" or "/") return;
        var at = path.Child("path");
        if (urlPath == "//")
        {
            errors.Add(FieldError.Invalid(at, urlPath, "segment[0] may not be empty"));
            return;
        }

        if (urlPath[0] != '/') errors.Add(FieldError.Invalid(at, urlPath, "must start with a '/'"));
        var steps = urlPath[1..];
        if (steps.EndsWith('/')) steps = steps[..^1];
        var segments = steps.Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            if (segments[i].Length == 0) errors.Add(FieldError.Invalid(at, urlPath, $"segment[{i}] may not be empty"));
            else foreach (var wrong in NameRules.DnsSubdomain(segments[i])) errors.Add(FieldError.Invalid(at, urlPath, $"segment[{i}]: {wrong}"));
        }
    }

    // The parts that Go's net/url tells apart.
    private static (string Scheme, string? User, string Host, string Query, string Fragment) Parse(string text)
    {
        var (rest, fragment) = Cut(text, '#');
        (rest, var query) = Cut(rest, '?');
        var colon = rest.IndexOf(':', StringComparison.Ordinal);
        var isScheme = colon > 0 && char.IsAsciiLetter(rest[0]) && !rest.AsSpan(0, colon).ContainsAny('/', '@', '.');
        var scheme = isScheme ? rest[..colon].ToLowerInvariant() : "";
        if (isScheme) rest = rest[(colon + 1)..];
        if (!rest.StartsWith("//", StringComparison.Ordinal)) return (scheme, null, "", query, fragment);
        var authority = rest[2..].Split('/')[0];
        var at = authority.LastIndexOf('@');
        return (scheme, at < 0 ? null : authority[..at], authority[(at + 1)..], query, fragment);
    }

    private static (string Before, string After) Cut(string text, char mark)
    {
        var at = text.IndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);
    }
}
