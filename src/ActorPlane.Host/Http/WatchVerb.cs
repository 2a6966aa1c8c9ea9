using System.Globalization;
using ActorPlane.Api;
using ActorPlane.ApiServer;

namespace ActorPlane.Host.Http;

/// <summary>
/// watch: the objects as they are, unless the client names a revision to go on from, then every change, one JSON object a
/// line, until the client goes, the time is up, or the watch is lost.
/// </summary>
internal sealed class WatchVerb(HttpGatewayClient client)
{
    /// <summary>So many changes wait for a client; then it is cut off.</summary>
    private const int Capacity = 16 * 1024;

    /// <summary>As the real server, which draws from 30 to 60 minutes when the client does not say.</summary>
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(45);

    private static readonly TimeSpan BookmarkInterval = TimeSpan.FromMinutes(1);

    private static readonly byte[] NewLine = "\n"u8.ToArray();

    /// <summary>Serves the watch to its end.</summary>
    public async Task Watch(ApiRequest request)
    {
        var selector = request.Selector();
        var from = request.Query("resourceVersion");
        var snapshot = client.Snapshot;
        var initial = from is "" or "0" || request.Flag("sendInitialEvents");
        var revision = snapshot.Revision;
        if (!initial && !long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out revision))
            throw new StatusException(ApiErrors.BadRequest($"resourceVersion: Invalid value: {GoText.Quote(from)}: strconv.ParseUint: parsing {GoText.Quote(from)}: invalid syntax"));

        using var time = CancellationTokenSource.CreateLinkedTokenSource(request.Http.RequestAborted);
        time.CancelAfter(request.Number("timeoutSeconds") is > 0 and var seconds ? TimeSpan.FromSeconds(Math.Min(seconds, 24 * 3600)) : DefaultTimeout);
        var stream = new WatchStream(request.Path.Resource, selector, revision, Capacity);
        client.Open(stream, $"{request.Line}?watch");
        try
        {
            await stream.WhenOpened.WaitAsync(time.Token);
            request.Http.Response.ContentType = "application/json";
            await request.Http.Response.StartAsync(time.Token);
            var output = new Output(request, client);
            if (initial)
            {
                foreach (var (_, item) in ReadVerbs.Candidates(snapshot[request.Path.Resource], selector))
                {
                    if (selector.Matches(item)) await output.Change("ADDED", item, time.Token);
                }

                if (request.Flag("sendInitialEvents") && request.Flag("allowWatchBookmarks")) await output.Bookmark(revision, isInitialEnd: true, time.Token);
            }

            await request.Http.Response.Body.FlushAsync(time.Token);
            await Follow(request, stream, output, time.Token);
        }
        catch (OperationCanceledException) when (time.IsCancellationRequested)
        {
            // The client went, or its time is up: a watch ends without a word.
        }
        finally
        {
            client.Close(stream);
        }
    }

    private async Task Follow(ApiRequest request, WatchStream stream, Output output, CancellationToken stop)
    {
        var wantsBookmarks = request.Flag("allowWatchBookmarks");
        var arriving = stream.Items.WaitToReadAsync(stop).AsTask();
        while (true)
        {
            if (wantsBookmarks && await Task.WhenAny(arriving, Task.Delay(BookmarkInterval, stop)) != arriving)
            {
                stop.ThrowIfCancellationRequested();
                client.RequestBookmark(stream);
                continue;
            }

            if (!await arriving) break;
            while (stream.Items.TryRead(out var item))
            {
                if (item.Object is null) await output.Bookmark(item.Revision, isInitialEnd: false, stop);
                else await output.Change(item.Type.ToString()!.ToUpperInvariant(), item.Object, stop);
            }

            await request.Http.Response.Body.FlushAsync(stop);
            arriving = stream.Items.WaitToReadAsync(stop).AsTask();
        }

        if (stream.Failure is not { } failure) return;
        await output.Line("ERROR", JsonCodec.Encode(failure), stop);
        await request.Http.Response.Body.FlushAsync(stop);
    }

    /// <summary>The lines of one watch, in the form that its client wants.</summary>
    private sealed class Output(ApiRequest request, HttpGatewayClient client)
    {
        private bool _columnsSent;

        public Task Change(string type, IKubeObject stored, CancellationToken stop)
        {
            var item = Conversion.To(request.Path.Info, stored);
            switch (request.Form)
            {
                case AcceptedForm.Table:
                    var table = Answers.TableOf(request, item, client.Now, !_columnsSent);
                    _columnsSent = true;
                    return Line(type, table, stop);
                case AcceptedForm.Metadata:
                    return Line(type, JsonCodec.Write(item, Answers.WriteMetadata), stop);
                default:
                    return Line(type, JsonCodec.Encode(item), stop);
            }
        }

        public Task Bookmark(long revision, bool isInitialEnd, CancellationToken stop)
        {
            if (request.Form == AcceptedForm.Table) return Line("BOOKMARK", Answers.EmptyTable(request, revision), stop);
            var metadata = JsonValue.Object(
                ("resourceVersion", JsonValue.Of(revision.ToString(CultureInfo.InvariantCulture))), ("creationTimestamp", JsonValue.Null));
            if (isInitialEnd) metadata = metadata.With("annotations", JsonValue.Object(("k8s.io/initial-events-end", JsonValue.Of("true"))));
            var isPartial = request.Form == AcceptedForm.Metadata;
            return Line("BOOKMARK", JsonValue.Object(
                ("kind", JsonValue.Of(isPartial ? "PartialObjectMetadata" : request.Path.Info.Gvk.Kind)),
                ("apiVersion", JsonValue.Of(isPartial ? "meta.k8s.io/v1" : request.Path.Info.Gvk.ApiVersion)), ("metadata", metadata)).ToUtf8(), stop);
        }

        public async Task Line(string type, byte[] item, CancellationToken stop)
        {
            var body = request.Http.Response.Body;
            await body.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"{{\"type\":\"{type}\",\"object\":"), stop);
            await body.WriteAsync(item, stop);
            await body.WriteAsync("}"u8.ToArray(), stop);
            await body.WriteAsync(NewLine, stop);
        }
    }
}
