using System.Diagnostics;
using ActorPlane.Host.Http;
using ActorPlane.Tracing;
using Microsoft.AspNetCore.Http;

namespace ActorPlane.Host.Otel;

/// <summary>
/// The span of an HTTP request, as the semantic conventions for HTTP servers want it (<c>docs/http/http-spans.md</c>). It
/// goes on a trace that the client began (<c>traceparent</c>), else the trace's id follows from the request's cause.
/// </summary>
internal sealed class RequestTracing(OpenTelemetrySink sink, HttpContext http)
{
    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;
    private Activity? _span;
    private bool _isStarted;

    /// <summary>Serves a request within its span.</summary>
    public static async Task Serve(OpenTelemetrySink sink, HttpContext http, RequestDelegate next)
    {
        var tracing = new RequestTracing(sink, http);
        http.Features.Set(tracing);
        try
        {
            await next(http);
        }
        finally
        {
            tracing.End();
        }
    }

    /// <summary>All that follows from this cause hangs below the request's span.</summary>
    public static void Carries(HttpContext http, Cause cause) => http.Features.Get<RequestTracing>()?.Carries(cause);

    private void Carries(Cause cause)
    {
        Start(cause);
        sink.Begin(cause, _span?.Context ?? default, _start);
    }

    private void Start(Cause cause)
    {
        if (_isStarted) return;
        _isStarted = true;
        var request = http.Request;
        var route = RouteTemplate.Of(request.Path);
        var name = route is null ? request.Method : $"{request.Method} {route}";
        _span = ActivityContext.TryParse(request.Headers["traceparent"], request.Headers["tracestate"], isRemote: true, out var parent)
            ? OtlpExport.Source.StartActivity(name, ActivityKind.Server, parent, startTime: _start)
            : TraceIds.StartRoot(name, ActivityKind.Server, cause, _start);
        if (_span is not { } span) return;
        span.SetTag("http.request.method", request.Method);
        span.SetTag("url.scheme", request.Scheme);
        span.SetTag("url.path", request.Path.Value);
        if (request.QueryString.Value is { Length: > 1 } query) span.SetTag("url.query", query[1..]);
        if (route is not null) span.SetTag("http.route", route);
        span.SetTag("server.address", request.Host.Host);
        if (request.Host.Port is { } port) span.SetTag("server.port", port);
        if (request.Headers.UserAgent is [{ Length: > 0 } agent, ..]) span.SetTag("user_agent.original", agent);
        if (http.Connection.RemoteIpAddress is { } client) span.SetTag("client.address", client.ToString());
        if (cause.IsKnown) span.SetTag("actorplane.cause", cause.ToString());
    }

    private void End()
    {
        Start(default);
        if (_span is not { } span) return;
        var code = http.Response.StatusCode;
        span.SetTag("http.response.status_code", code);
        if (code >= 500)
        {
            span.SetTag("error.type", code.ToString(System.Globalization.CultureInfo.InvariantCulture));
            span.SetStatus(ActivityStatusCode.Error);
        }

        span.Dispose();
    }
}
