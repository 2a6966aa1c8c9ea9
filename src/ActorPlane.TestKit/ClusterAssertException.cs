namespace ActorPlane.TestKit;

/// <summary>A scenario's expectation did not come true. The message names the seed and shows the end of the trace.</summary>
public sealed class ClusterAssertException(string message) : Exception(message);
