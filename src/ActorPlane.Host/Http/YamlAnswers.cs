using ActorPlane.Api;
using Microsoft.AspNetCore.Http;

namespace ActorPlane.Host.Http;

/// <summary>
/// Answers in YAML for clients that take it before all else: what would have been said in JSON is gathered and rewritten.
/// Watches are not said in YAML (<c>apimachinery/pkg/runtime/serializer/codec_factory.go</c>: it has no stream form).
/// </summary>
internal static class YamlAnswers
{
    public const string MediaType = "application/yaml";

    /// <summary>Serves a request, and rewrites its answer if YAML is wanted.</summary>
    public static async Task Serve(HttpContext http, RequestDelegate next)
    {
        var accept = http.Request.Headers.Accept.ToString();
        if (!accept.Contains(MediaType, StringComparison.Ordinal) || !IsNegotiated(http.Request) || !AcceptHeader.WantsYaml(accept))
        {
            await next(http);
            return;
        }

        var body = http.Response.Body;
        using var json = new MemoryStream();
        http.Response.Body = json;

        // It is packed, if at all, behind this.
        http.Request.Headers.Remove("Accept-Encoding");
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = body;
        }

        var bytes = json.ToArray();
        if (http.Response.ContentType == "application/json" && bytes.Length > 0)
        {
            bytes = YamlText.Of(JsonValue.Parse(bytes));
            http.Response.ContentType = MediaType;
        }

        if (!http.Response.HasStarted) http.Response.ContentLength = bytes.Length;
        await body.WriteAsync(bytes, http.RequestAborted);
    }

    private static bool IsNegotiated(HttpRequest request) =>
        (request.Path.StartsWithSegments("/api", StringComparison.Ordinal) || request.Path.StartsWithSegments("/apis", StringComparison.Ordinal)) && !RequestLimits.IsLongRunning(request);
}
