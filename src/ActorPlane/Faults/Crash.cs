using ActorPlane.Tracing;

namespace ActorPlane.Faults;

/// <summary>Sent by <c>/user/faults</c> to the actor of a process, which throws <see cref="ProcessCrashed"/>.</summary>
public sealed record Crash(string Process, Cause Cause) : ITraced
{
    /// <inheritdoc />
    public string Describe() => $"crash {Process}";
}
