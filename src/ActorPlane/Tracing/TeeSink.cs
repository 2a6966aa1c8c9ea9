namespace ActorPlane.Tracing;

/// <summary>Gives every message to several sinks, in order.</summary>
public sealed class TeeSink(params ITraceSink[] sinks) : ITraceSink
{
    /// <inheritdoc />
    public void Observe(in TraceEvent traceEvent)
    {
        foreach (var sink in sinks) sink.Observe(traceEvent);
    }
}
