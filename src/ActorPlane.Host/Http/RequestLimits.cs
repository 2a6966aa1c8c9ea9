using ActorPlane.Api;
using ActorPlane.Kubelet;
using ActorPlane.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ActorPlane.Host.Http;

/// <summary>
/// Bounds how many requests are under way, and how long each may take
/// (<c>apiserver/pkg/server/filters/maxinflight.go</c>, <c>timeout.go</c>). Watches and followed logs are not bounded here.
/// </summary>
internal sealed class RequestLimits(HttpSettings settings)
{
    private int _reads;
    private int _writes;

    /// <summary>Requests under way that count.</summary>
    public int InFlight => Volatile.Read(ref _reads) + Volatile.Read(ref _writes);

    /// <summary>Serves a request, or refuses it.</summary>
    public async Task Serve(HttpContext http, RequestDelegate next)
    {
        if (IsLongRunning(http.Request))
        {
            await next(http);
            return;
        }

        if (http.Request.Method is "GET" or "HEAD" or "OPTIONS") await Count(http, next, settings.MaxRequestsInFlight, isRead: true);
        else await Count(http, next, settings.MaxMutatingRequestsInFlight, isRead: false);
    }

    private async Task Count(HttpContext http, RequestDelegate next, int most, bool isRead)
    {
        ref var counter = ref isRead ? ref _reads : ref _writes;
        var isFull = Interlocked.Increment(ref counter) > most && most > 0;
        try
        {
            if (isFull) await Answers.Status(http, ApiErrors.TooManyRequests("Too many requests, please try again later.", 1));
            else await InTime(http, next);
        }
        finally
        {
            if (isRead) Interlocked.Decrement(ref _reads);
            else Interlocked.Decrement(ref _writes);
        }
    }

    // The client may be content with less, and says so with timeout=10s (apiserver/pkg/endpoints/filters/request_deadline.go).
    private TimeSpan TimeFor(HttpRequest request)
    {
        if (request.Query["timeout"] is not [{ Length: > 0 } wanted, ..]) return settings.RequestTimeout;
        var timeout = GoDuration.Parse(wanted);
        return timeout > TimeSpan.Zero && timeout < settings.RequestTimeout ? timeout : settings.RequestTimeout;
    }

    private async Task InTime(HttpContext http, RequestDelegate next)
    {
        TimeSpan time;
        try
        {
            time = TimeFor(http.Request);
        }
        catch (FormatException e)
        {
            await Answers.Status(http, ApiErrors.BadRequest($"invalid timeout specified in the request URL - {e.Message}"));
            return;
        }

        var lifetime = http.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>();
        var gone = lifetime.RequestAborted;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(gone);
        limit.CancelAfter(time);
        http.RequestAborted = limit.Token;
        try
        {
            await next(http);
        }
        finally
        {
            http.RequestAborted = gone;
        }

        if (!limit.IsCancellationRequested || gone.IsCancellationRequested) return;
        if (http.Response.HasStarted) http.Abort();
        else await Answers.Status(http, ApiErrors.Timeout("request did not complete within the allotted timeout"));
    }

    /// <summary>Whether a request is a watch or follows a log.</summary>
    public static bool IsLongRunning(HttpRequest request)
    {
        if (request.Method is not ("GET" or "HEAD")) return false;
        var path = request.Path.Value ?? "";
        return ApiRequest.IsSet(request.Query, "watch") || IsOldWatch(path) || (ApiRequest.IsSet(request.Query, "follow") && path.EndsWith("/log", StringComparison.Ordinal));
    }

    private static bool IsOldWatch(string path) =>
        path.Contains("/watch/", StringComparison.Ordinal)
        && path.Split('/', StringSplitOptions.RemoveEmptyEntries) is ["api", _, "watch", ..] or ["apis", _, _, "watch", ..];
}
