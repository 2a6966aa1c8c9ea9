using ActorPlane.ApiServer;
using ActorPlane.Etcd;
using ActorPlane.Tracing;

namespace ActorPlane.Host.Trace;

/// <summary>
/// Turns messages into the lines that a person reads: names instead of paths, depth by cause, and the chains that
/// heartbeats begin (a kubelet renews its lease) folded into a count. Unless everything is asked for it also leaves out
/// what a newcomer need not see: answers that only say that all went well, informers that open their watches, Event objects, and
/// the hop over a node's network link, which is shown as one message from kubelet to API server or back. Pure but for its
/// memory; not thread-safe.
/// </summary>
/// <param name="start">Lines count their time from here.</param>
/// <param name="filter">Which lines are shown.</param>
/// <param name="everything">Leave nothing out but what the filter hides.</param>
public sealed class TraceReader(DateTimeOffset start, TraceFilter filter, bool everything)
{
    private const string LinkPrefix = "link ";
    private const string EventResource = "events";
    private const string EventKeys = "/registry/events/";

    private const string LeaseResource = "leases.coordination.k8s.io";

    private readonly TraceIndent _indent = new();
    private readonly HashSet<Cause> _heartbeats = [];
    private readonly Queue<Cause> _heartbeatsByAge = new();

    /// <summary>Heartbeats since the last call of <see cref="TakeHeartbeats"/>.</summary>
    public int Heartbeats { get; private set; }

    /// <summary>The line of a message; null when it is folded away or filtered out.</summary>
    public TraceLine? Read(in TraceEvent traceEvent)
    {
        var cause = traceEvent.Cause;
        if (!everything && _heartbeats.Contains(cause)) return null;
        var from = ActorNames.Of(traceEvent.Sender);
        var to = ActorNames.Of(traceEvent.Receiver);
        var depth = _indent.DepthOf(cause, from, to, out var isFirst);
        if (!everything)
        {
            if (IsHeartbeat(traceEvent.Message))
            {
                if (isFirst) Fold(cause);
                return null;
            }

            if (IsPlumbing(traceEvent.Message, to) || to.StartsWith(LinkPrefix, StringComparison.Ordinal)) return null;
            if (from.StartsWith(LinkPrefix, StringComparison.Ordinal))
            {
                from = to.StartsWith("kubelet ", StringComparison.Ordinal) ? "kube-apiserver" : string.Concat("kubelet ", from.AsSpan(LinkPrefix.Length));
                depth = Math.Max(0, depth - 1);
            }
        }

        var text = traceEvent.Message.Describe();
        return filter.Shows(from, to, traceEvent.Message.GetType().Name, text)
            ? new TraceLine(traceEvent.Time - start, from, to, depth, isFirst, text)
            : null;
    }

    /// <summary>The heartbeats since the last call.</summary>
    public int TakeHeartbeats()
    {
        var count = Heartbeats;
        Heartbeats = 0;
        return count;
    }

    private static bool IsHeartbeat(ITraced message) => message switch
    {
        ApiServerProtocol.Update update => update.Resource == LeaseResource,
        _ => false,
    };

    private static bool IsPlumbing(ITraced message, string receiver) => message switch
    {
        EtcdProtocol.Failed or ApiServerProtocol.Refused => false,
        ApiServerProtocol.IReply or EtcdProtocol.IReply => true,
        ApiServerProtocol.List or ApiServerProtocol.Watch or ApiServerProtocol.Unwatch => true,
        ApiServerProtocol.Create { Resource: EventResource } or ApiServerProtocol.Update { Resource: EventResource } => true,
        // They look at everything and act on next to nothing.
        ApiServerProtocol.Changed => receiver is "garbage-collector" or "pod-gc-controller",
        EtcdProtocol.Connect or EtcdProtocol.Watch or EtcdProtocol.WatchAck or EtcdProtocol.WatchProgress => true,
        EtcdProtocol.Execute execute => execute.Describe().Contains(EventKeys, StringComparison.Ordinal),
        EtcdProtocol.WatchEvents changes => changes.Describe().Contains(EventKeys, StringComparison.Ordinal),
        _ => false,
    };

    private void Fold(Cause cause)
    {
        Heartbeats++;
        if (_heartbeatsByAge.Count == TraceIndent.MaxCauses) _heartbeats.Remove(_heartbeatsByAge.Dequeue());
        _heartbeatsByAge.Enqueue(cause);
        _heartbeats.Add(cause);
    }
}
