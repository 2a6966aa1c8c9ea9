namespace ActorPlane.Tracing;

/// <summary>A message of one of the cluster's protocols: it says what caused it and describes itself in a few words.</summary>
public interface ITraced
{
    /// <summary>Copied from the message that led to this one.</summary>
    Cause Cause { get; }

    /// <summary>
    /// One short line for a reader of the trace, such as <c>create pods default/web-1</c>. Called only when a sink
    /// prints the message, so it may format, and from any thread, so it may only read immutable state.
    /// </summary>
    string Describe();
}
