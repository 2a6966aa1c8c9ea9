using System.Globalization;
using ActorPlane.Api;
using ActorPlane.ApiServer;
using ActorPlane.Tracing;
using Microsoft.AspNetCore.Http;

namespace ActorPlane.Host.Http;

/// <summary>One request for a resource: what its path, query and headers say.</summary>
public sealed class ApiRequest
{
    /// <summary>A longer name of a command is not shown in the trace.</summary>
    private const int MaxCommand = 40;

    /// <summary>Reads the options that all verbs share.</summary>
    /// <exception cref="StatusException">An option makes no sense, or no form of answer suits the client.</exception>
    public ApiRequest(HttpContext http, ApiPath path, RequestUser user, Cause cause, bool isWatch = false)
    {
        (Http, Path, User, Cause) = (http, path, user, cause);
        (Form, IsProtobuf) = AcceptHeader.Negotiate(
            http.Request.Headers.Accept.ToString(), path.Info.Schema.HasProtobuf, isWatch);

        // A token has no columns.
        if (Form == AcceptedForm.Table && path.Subresource == "token") Form = AcceptedForm.Json;
        var command = http.Request.Headers["Kubectl-Command"].ToString();
        Line = $"{http.Request.Method} {http.Request.Path}{(command.Length is > 0 and <= MaxCommand ? $" ({command})" : "")}";
        if (http.Request.Method is "POST" or "PUT" or "PATCH" && FieldManagers.Problems(Query("fieldManager")).ToList() is { Count: > 0 } problems)
            throw new StatusException(ApiErrors.Invalid(new GroupVersionKind("meta.k8s.io", "v1", Options(http.Request.Method)), "", problems));
        IsDryRun = Query("dryRun") switch
        {
            "" => false,
            "All" => true,
            var other => throw new StatusException(ApiErrors.Invalid(
                new GroupVersionKind("meta.k8s.io", "v1", Options(http.Request.Method)), "", [FieldError.NotSupported(FieldPath.Of("dryRun"), other, "All")])),
        };
        Validation = Query("fieldValidation") switch
        {
            "" or "Warn" => FieldValidation.Warn,
            "Strict" => FieldValidation.Strict,
            "Ignore" => FieldValidation.Ignore,
            var other => throw new StatusException(ApiErrors.Invalid(
                new GroupVersionKind("meta.k8s.io", "v1", Options(http.Request.Method)), "",
                [FieldError.NotSupported(FieldPath.Of("fieldValidation"), other, "Ignore", "Strict", "Warn")])),
        };
    }

    /// <summary>The connection.</summary>
    public HttpContext Http { get; }

    /// <summary>What is asked for.</summary>
    public ApiPath Path { get; }

    /// <summary>Who asks.</summary>
    public RequestUser User { get; }

    /// <summary>All that follows from this request carries it.</summary>
    public Cause Cause { get; }

    /// <summary>In which form the answer is wanted.</summary>
    public AcceptedForm Form { get; }

    /// <summary>Whether it is wanted in protobuf; else in JSON.</summary>
    public bool IsProtobuf { get; }

    /// <summary>Content-Type of an answer with objects.</summary>
    public string MediaType => IsProtobuf ? ProtobufCodec.MediaType : "application/json";

    /// <summary>Method, path, and the command of kubectl behind it, for the trace.</summary>
    public string Line { get; }

    /// <summary>Decide and answer, but store nothing.</summary>
    public bool IsDryRun { get; }

    /// <summary>What is done about unknown and doubled fields.</summary>
    public FieldValidation Validation { get; }

    /// <summary>Who owns the fields written: as the request says, else the client's name.</summary>
    public string FieldManager => Query("fieldManager") is { Length: > 0 } manager ? manager : FieldManagers.OfUserAgent(Http.Request.Headers.UserAgent.ToString());

    /// <summary>An option of the query; empty when it is not there.</summary>
    public string Query(string name) => Http.Request.Query[name] is [{ } value, ..] ? value : "";

    /// <summary>An option that is true or false.</summary>
    public bool Flag(string name) => IsSet(Http.Request.Query, name);

    /// <summary>Whether an option of a query is there and does not say no (<c>apimachinery/pkg/runtime/conversion.go</c>).</summary>
    public static bool IsSet(IQueryCollection query, string name) =>
        query[name] is [{ } value, ..] && value != "0" && !value.Equals("false", StringComparison.OrdinalIgnoreCase);

    /// <summary>An option that is a whole number; null when it is not there.</summary>
    /// <exception cref="StatusException">It is no number.</exception>
    public long? Number(string name)
    {
        var text = Query(name);
        if (text.Length == 0) return null;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new StatusException(ApiErrors.BadRequest($"strconv.ParseInt: parsing {GoText.Quote(text)}: invalid syntax"));
    }

    /// <summary>What the label and field selectors, the namespace and the name pick.</summary>
    /// <exception cref="StatusException">A selector is not valid, or the kind cannot be selected by a field.</exception>
    public ObjectSelector Selector()
    {
        try
        {
            var labels = LabelQuery.Parse(Query("labelSelector"));
            var fields = FieldQuery.Parse(Query("fieldSelector"));
            if (SelectableFields.Unsupported(Path.Info.Custom is null ? Path.Storage : Path.Info, fields) is { } unsupported)
            {
                // kubectl adds what was looked for.
                throw new StatusException(ApiErrors.BadRequest(unsupported));
            }

            // Pods without a node are in no index: they are found by their field.
            var node = Path.Resource == "pods" && fields.Exact("spec.nodeName") is { Length: > 0 } name ? name : null;
            return new ObjectSelector(
                Path.Namespace.Length > 0 ? Path.Namespace : fields.Exact("metadata.namespace"), Path.Name ?? fields.Exact("metadata.name"), node, labels.IsEmpty ? null : labels, fields.IsEmpty ? null : fields);
        }
        catch (FormatException e)
        {
            throw new StatusException(ApiErrors.BadRequest(e.Message));
        }
    }

    /// <summary>A warning that kubectl prints; the same one only once.</summary>
    public void Warn(string text)
    {
        var header = $"299 - {GoText.Quote(text)}";
        if (!Http.Response.Headers.Warning.Contains(header)) Http.Response.Headers.Append("Warning", header);
    }

    private static string Options(string method) => method switch { "POST" => "CreateOptions", "PUT" => "UpdateOptions", "PATCH" => "PatchOptions", _ => "DeleteOptions" };
}
