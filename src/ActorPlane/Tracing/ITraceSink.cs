namespace ActorPlane.Tracing;

/// <summary>Takes every traced message of a system. Called on the receiving actor's thread: it must be quick and, in a live system, thread-safe.</summary>
public interface ITraceSink
{
    /// <summary>Called just before the receiver handles the message.</summary>
    void Observe(in TraceEvent traceEvent);
}
