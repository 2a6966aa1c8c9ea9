using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using ActorPlane.Tracing;
using Microsoft.Extensions.Logging;
using TraceFilter = ActorPlane.Tracing.TraceFilter;

namespace ActorPlane.Host.Otel;

/// <summary>
/// Makes an OpenTelemetry span of every message that has a cause: one trace a cause, from the HTTP request to the last
/// message that follows from it. A message's span begins when its sender handled the message before, and ends when the
/// receiver takes it up. Spans are made on a thread of their own; when more than <see cref="MaxQueued"/> messages wait, the
/// rest is left out and counted.
/// </summary>
public sealed class OpenTelemetrySink : ITraceSink, IAsyncDisposable
{
    /// <summary>Messages that may wait to become spans.</summary>
    public const int MaxQueued = 100_000;

    private readonly TraceFilter _filter;
    private readonly ILogger _log;
    private readonly SpanTree _tree = new(TraceIndent.MaxCauses);
    private readonly Channel<Item> _queue = Channel.CreateBounded<Item>(new BoundedChannelOptions(MaxQueued) { SingleReader = true });
    private readonly Task _making;
    private long _leftOut;

    /// <param name="filter">Which messages get a span. What follows from others hangs below what led to those.</param>
    /// <param name="log">Where it is said how many were left out.</param>
    public OpenTelemetrySink(TraceFilter filter, ILogger log)
    {
        (_filter, _log) = (filter, log);
        _making = Task.Run(MakeAll);
    }

    /// <inheritdoc />
    public void Observe(in TraceEvent traceEvent)
    {
        if (traceEvent.Cause.IsKnown) Put(new Item(traceEvent, traceEvent.Cause, default, DateTimeOffset.UtcNow));
    }

    /// <summary>What follows from this cause hangs below a span; below none when the context is that of a span that is not sampled.</summary>
    public void Begin(Cause cause, ActivityContext span, DateTimeOffset start) => Put(new Item(null, cause, span, start));

    /// <summary>Makes the spans that are still due.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _making;
        if (_leftOut > 0) _log.LogWarning("{Count} messages came too fast to become spans", _leftOut);
    }

    private void Put(in Item item)
    {
        if (!_queue.Writer.TryWrite(item)) Interlocked.Increment(ref _leftOut);
    }

    private async Task MakeAll()
    {
        await foreach (var item in _queue.Reader.ReadAllAsync())
        {
            if (item.Event is { } traceEvent) Make(traceEvent, item.Time);
            else _tree.Begin(item.Cause, item.Span, item.Time);
        }
    }

    private void Make(in TraceEvent traceEvent, DateTimeOffset now)
    {
        var (cause, message) = (traceEvent.Cause, traceEvent.Message);
        var (from, to) = (ActorNames.Of(traceEvent.Sender), ActorNames.Of(traceEvent.Receiver));
        var parent = _tree.ParentOf(cause, from);
        var isSampled = parent is not { } above || above.Context != default && above.Context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded);
        var (type, text) = (message.GetType().Name, isSampled ? message.Describe() : "");
        if (!isSampled || !_filter.Shows(from, to, type, text))
        {
            if (parent is { } place) _tree.Add(cause, to, place);
            return;
        }

        var name = $"{type} {RoleOf(to)}";
        using var span = parent is { } known
            ? OtlpExport.Source.StartActivity(name, ActivityKind.Internal, known.Context, startTime: known.Time < now ? known.Time : now)
            : TraceIds.StartRoot(name, ActivityKind.Internal, cause, now);
        _tree.Add(cause, to, new SpanTree.Place(span?.Context ?? default, now));
        if (span is null) return;
        span.SetTag("actorplane.cause", cause.ToString());
        span.SetTag("actorplane.from", from);
        span.SetTag("actorplane.to", to);
        span.SetTag("actorplane.message", text);
        span.SetTag("actorplane.time", traceEvent.Time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        KubernetesTags.Add(span, traceEvent);
        span.SetEndTime(now.UtcDateTime);
    }

    // "kubelet", not "kubelet node-1": names of spans are few.
    private static string RoleOf(string actor)
    {
        var space = actor.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? actor : actor[..space];
    }

    /// <param name="Event">Null when a cause begins.</param>
    private readonly record struct Item(TraceEvent? Event, Cause Cause, ActivityContext Span, DateTimeOffset Time);
}
