using ActorPlane.Tracing;

namespace ActorPlane.Host.Trace;

/// <summary>Two sinks as one.</summary>
internal sealed class TraceSinks(ITraceSink first, ITraceSink second) : ITraceSink
{
    /// <inheritdoc />
    public void Observe(in TraceEvent traceEvent)
    {
        first.Observe(traceEvent);
        second.Observe(traceEvent);
    }
}
