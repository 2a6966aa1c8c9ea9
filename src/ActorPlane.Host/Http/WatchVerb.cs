using System.Globalization;
using ActorPlane.Api;
using ActorPlane.ApiServer;

namespace ActorPlane.Host.Http;

/// <summary>
/// watch: the objects as they are, unless the client names a revision to go on from or wants none, then every change, one
/// event after the other, until the client goes, the time is up, or the watch is lost
/// (<c>apiserver/pkg/endpoints/handlers/watch.go</c>, <c>storage/cacher</c>).
/// </summary>
internal sealed class WatchVerb(HttpGatewayClient client, ReadVerbs read)
{
    /// <summary>The real server draws from 30 to 60 minutes when the client does not say (<c>MinRequestTimeout</c>).</summary>
    private const int MinimumTimeoutSeconds = 1800;

    private const int MostSeconds = 24 * 3600;

    private static readonly TimeSpan BookmarkInterval = TimeSpan.FromMinutes(1);

    /// <summary>A last bookmark goes out so long before the time is up.</summary>
    private static readonly TimeSpan BeforeTimeout = TimeSpan.FromSeconds(2);

    private readonly SharedEvents _shared = new();

    /// <summary>Serves the watch to its end.</summary>
    public async Task Watch(ApiRequest request)
    {
        ListOptions.Check(request, isWatch: true);
        var selector = request.Selector();
        var from = request.Query("resourceVersion");
        var wantsInitial = request.Query("sendInitialEvents").Length > 0 ? request.Flag("sendInitialEvents") : from is "" or "0";
        var wantsBookmarks = request.Flag("allowWatchBookmarks");
        var snapshot = wantsInitial ? await read.Fresh(request) : null;
        var revision = snapshot?.Revision ?? (from is "" or "0" ? client.Snapshot.Revision : ReadVerbs.RevisionOf(from));
        var timeout = request.Number("timeoutSeconds") is > 0 and var seconds
            ? TimeSpan.FromSeconds(Math.Min(seconds, MostSeconds))
            : TimeSpan.FromSeconds(MinimumTimeoutSeconds * (1 + Random.Shared.NextDouble()));

        // Not disposed: the watch's actor may still cancel it. It holds nothing but memory.
        var cut = new CancellationTokenSource();
        using var time = CancellationTokenSource.CreateLinkedTokenSource(request.Http.RequestAborted, cut.Token);
        time.CancelAfter(timeout);
        var stream = new WatchStream(request.Path.Resource, selector, revision, client.WatchQueue) { WhenCut = cut.Cancel };
        client.Open(stream, $"{request.Line}?watch");
        try
        {
            await stream.WhenOpened.WaitAsync(time.Token);
            request.Http.Response.ContentType = request.IsProtobuf ? ProtobufCodec.MediaType + ";stream=watch" : "application/json";
            await request.Http.Response.StartAsync(time.Token);
            var output = new WatchOutput(request, client, _shared);
            if (snapshot is not null)
            {
                await Initial(output, ReadVerbs.Candidates(snapshot[request.Path.Resource], selector).Where(entry => selector.Matches(entry.Value)), time.Token);

                // Or the watch would keep all that was when it began as long as it lasts.
                snapshot = null;
                if (request.Flag("sendInitialEvents") && wantsBookmarks) await output.Bookmark(revision, isInitialEnd: true, time.Token);
            }

            await output.Flush(time.Token);
            await using var bookmarks = wantsBookmarks ? BookmarkTimer(stream, timeout) : null;
            await Follow(stream, output, time.Token);
        }
        catch (OperationCanceledException) when (time.IsCancellationRequested)
        {
            // The client went, or its time is up: a watch ends without a word. One that does not read gets no end, either.
            if (stream.IsCut) request.Http.Abort();
        }
        finally
        {
            client.Close(stream);
        }
    }

    private Timer BookmarkTimer(WatchStream stream, TimeSpan timeout)
    {
        var first = timeout - BeforeTimeout;
        return new Timer(_ => client.RequestBookmark(stream), null, first > TimeSpan.Zero && first < BookmarkInterval ? first : BookmarkInterval, BookmarkInterval);
    }

    private static async Task Initial(WatchOutput output, IEnumerable<KeyValuePair<NamespacedName, IKubeObject>> items, CancellationToken stop)
    {
        foreach (var (_, item) in items) await output.Initial(item, stop);
    }

    private static async Task Follow(WatchStream stream, WatchOutput output, CancellationToken stop)
    {
        while (await stream.Items.WaitToReadAsync(stop))
        {
            while (stream.Items.TryRead(out var item))
            {
                if (item.Object is null) await output.Bookmark(item.Revision, isInitialEnd: false, stop);
                else await output.Change(NameOf(item.Type), item.Object, stop);
            }

            await output.Flush(stop);
        }

        if (stream.Failure is not { } failure) return;
        await output.Error(failure, stop);
        await output.Flush(stop);
    }

    private static string NameOf(ApiServerProtocol.ChangeType? type) => type switch
    {
        ApiServerProtocol.ChangeType.Added => "ADDED",
        ApiServerProtocol.ChangeType.Modified => "MODIFIED",
        _ => "DELETED",
    };
}
