using System.Text;
using System.Globalization;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Api;

/// <summary>
/// The answers to requests that fail, with the real server's reasons, codes, texts and details.
/// Source: staging/src/k8s.io/apimachinery/pkg/api/errors/errors.go.
/// </summary>
public static class ApiErrors
{
    /// <summary>The reason that makes clients read again and retry.</summary>
    public const string ModifiedMessage = "the object has been modified; please apply your changes to the latest version and try again";

    /// <summary>A failure of any kind.</summary>
    public static Status Failure(int code, string reason, string message, StatusDetails? details = null) => new()
    {
        Status_ = "Failure",
        Code = code,
        Reason = reason,
        Message = message,
        Details = details,
    };

    /// <summary>A success, as answers without an object are.</summary>
    public static Status Success(StatusDetails? details = null) => new() { Status_ = "Success", Details = details };

    /// <summary>404: there is no such object.</summary>
    public static Status NotFound(GroupVersionResource resource, string name) =>
        Failure(404, "NotFound", $"{resource.GroupResource} \"{name}\" not found", Details(resource, name));

    /// <summary>404: there is no such path.</summary>
    public static Status NoSuchResource() =>
        Failure(404, "NotFound", "the server could not find the requested resource", StatusDetails.Empty);

    /// <summary>409: the name is taken.</summary>
    public static Status AlreadyExists(GroupVersionResource resource, string name) =>
        Failure(409, "AlreadyExists", $"{resource.GroupResource} \"{name}\" already exists", Details(resource, name));

    /// <summary>409: the name is taken by an object that is being deleted.</summary>
    public static Status AlreadyExistsDeleting(GroupVersionResource resource, string name) =>
        Failure(409, "AlreadyExists", $"object is being deleted: {resource.GroupResource} \"{name}\" already exists", Details(resource, name));

    /// <summary>409: the write does not fit the present state.</summary>
    public static Status Conflict(GroupVersionResource resource, string name, string why = ModifiedMessage) =>
        Failure(409, "Conflict", $"Operation cannot be fulfilled on {resource.GroupResource} \"{name}\": {why}", Details(resource, name));

    /// <summary>409 of server-side apply: fields belong to other managers.</summary>
    public static Status ApplyConflict(ValueList<StatusCause> causes, string message) =>
        Failure(409, "Conflict", message, StatusDetails.Empty with { Causes = causes });

    /// <summary>422: the object breaks rules.</summary>
    public static Status Invalid(GroupVersionKind kind, string name, IReadOnlyList<FieldError> errors)
    {
        var texts = errors.Select(e => e.ToString()).Distinct(StringComparer.Ordinal).ToList();
        var tail = texts.Count switch { 0 => "", 1 => ": " + texts[0], _ => ": [" + string.Join(", ", texts) + "]" };
        var groupKind = kind.Group.Length == 0 ? kind.Kind : $"{kind.Kind}.{kind.Group}";
        return Failure(422, "Invalid", $"{groupKind} \"{name}\" is invalid{tail}", new StatusDetails
        {
            Name = name,
            Group = kind.Group,
            Kind = kind.Kind,
            Causes = [.. errors.Select(e => new StatusCause { Reason = e.Reason, Message = e.Body, Field = e.Field })],
        });
    }

    /// <summary>400: the request makes no sense.</summary>
    public static Status BadRequest(string why) => Failure(400, "BadRequest", why);

    /// <summary>400: the body is no object of the kind.</summary>
    public static Status CannotBeHandled(GroupVersionKind kind, string why) =>
        BadRequest($"{kind.Kind} in version \"{kind.Version}\" cannot be handled as a {kind.Kind}: {why}");

    /// <summary>400: the body is no JSON; it is shown by its beginning (<c>apiserver/pkg/endpoints/handlers/rest.go</c>, summarizeData).</summary>
    public static Status Unrecognized(GroupVersionKind kind, string why, ReadOnlySpan<byte> body)
    {
        const int shown = 30;
        var start = body[..Math.Min(shown, body.Length)];
        var text = body.IsEmpty ? "<empty>" : body[0] == '{' ? Encoding.UTF8.GetString(start) : Convert.ToHexStringLower(start);
        return BadRequest(
            $"the object provided is unrecognized (must be of type {kind.Kind}): couldn't get version/kind; json parse error: {why} ({text}{(body.Length > shown ? " ..." : "")})");
    }

    /// <summary>400: strict decoding found unknown or doubled fields.</summary>
    public static Status StrictDecoding(GroupVersionKind kind, IReadOnlyList<string> errors) =>
        CannotBeHandled(kind, "strict decoding error: " + string.Join(", ", errors));

    /// <summary>401: nobody knows who asks.</summary>
    public static Status Unauthorized(string why = "Unauthorized") => Failure(401, "Unauthorized", why);

    /// <summary>403: not allowed.</summary>
    public static Status Forbidden(GroupVersionResource resource, string name, string why, params ValueList<StatusCause> causes)
    {
        var subject = name.Length == 0 ? resource.GroupResource : $"{resource.GroupResource} \"{name}\"";
        return Failure(403, "Forbidden", $"{subject} is forbidden: {why}", Details(resource, name) with { Causes = causes });
    }

    /// <summary>405: the definition of the resource is being deleted.</summary>
    public static Status DefinitionIsTerminating(GroupVersionResource resource, string verb) =>
        Failure(405, "MethodNotAllowed", $"{verb} not allowed while custom resource definition is terminating", Details(resource, ""));

    /// <summary>406: no answer in a form that the client takes.</summary>
    public static Status NotAcceptable(params ReadOnlySpan<string> mediaTypes) =>
        Failure(406, "NotAcceptable", "only the following media types are accepted: " + string.Join(", ", mediaTypes));

    /// <summary>410: the resource version or the continue token is too old.</summary>
    public static Status Expired(string why) => Failure(410, "Expired", why);

    /// <summary>410 of a watch: the first resource version that is still known.</summary>
    public static Status TooOldResourceVersion(long asked, long oldest) =>
        Expired(string.Create(CultureInfo.InvariantCulture, $"too old resource version: {asked} ({oldest})"));

    /// <summary>504 with a cause: the resource version lies in the future.</summary>
    public static Status TooLargeResourceVersion(long asked, long current) =>
        Failure(504, "Timeout", string.Create(CultureInfo.InvariantCulture, $"Timeout: Too large resource version: {asked}, current: {current}"), new StatusDetails
        {
            Causes = [new StatusCause { Reason = "ResourceVersionTooLarge", Message = "Too large resource version" }],
            RetryAfterSeconds = 1,
        });

    /// <summary>413: the body is too large.</summary>
    public static Status RequestEntityTooLarge(long limit) =>
        Failure(413, "RequestEntityTooLarge", string.Create(CultureInfo.InvariantCulture, $"Request entity too large: limit is {limit}"));

    /// <summary>415: the body has a form that the server does not read.</summary>
    public static Status UnsupportedMediaType(params ReadOnlySpan<string> mediaTypes) =>
        Failure(415, "UnsupportedMediaType", "the body of the request was in an unknown format - accepted media types include: " + string.Join(", ", mediaTypes));

    /// <summary>429: later, please.</summary>
    public static Status TooManyRequests(string why, int retryAfterSeconds, params ValueList<StatusCause> causes) =>
        Failure(429, "TooManyRequests", why, new StatusDetails { RetryAfterSeconds = retryAfterSeconds, Causes = causes });

    /// <summary>500: our own mistake.</summary>
    public static Status InternalError(string why) =>
        Failure(500, "InternalError", "Internal error occurred: " + why, new StatusDetails { Causes = [new StatusCause { Message = why }] });

    /// <summary>503: not now.</summary>
    public static Status ServiceUnavailable(string why) => Failure(503, "ServiceUnavailable", why);

    /// <summary>504: it took too long; whether it happened is unknown.</summary>
    public static Status Timeout(string why, int retryAfterSeconds = 0) =>
        Failure(504, "Timeout", "Timeout: " + why, new StatusDetails { RetryAfterSeconds = retryAfterSeconds == 0 ? null : retryAfterSeconds });

    private static StatusDetails Details(GroupVersionResource resource, string name) => new()
    {
        Name = name,
        Group = resource.Group,
        Kind = resource.Resource,
    };
}
