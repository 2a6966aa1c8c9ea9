using ActorPlane.Tracing;

namespace ActorPlane.Kubelet;

/// <summary>Thrown by a container's actor when its process ends with an exit code that is not 0: the pod's supervisor strategy decides what follows.</summary>
/// <param name="container">The container's name.</param>
/// <param name="exitCode">1 to 255.</param>
/// <param name="reason">As the container's status shows it: <c>Error</c>, <c>OOMKilled</c>.</param>
/// <param name="endedAt">When the process ended.</param>
/// <param name="cause">What made it crash.</param>
public sealed class ContainerCrash(string container, int exitCode, string reason, DateTimeOffset endedAt, Cause cause)
    : Exception($"Container {container} ended with exit code {exitCode} ({reason}).")
{
    /// <summary>The container's name.</summary>
    public string Container { get; } = container;

    /// <summary>1 to 255.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>As the container's status shows it.</summary>
    public string Reason { get; } = reason;

    /// <summary>When the process ended.</summary>
    public DateTimeOffset EndedAt { get; } = endedAt;

    /// <summary>What made it crash.</summary>
    public Cause Cause { get; } = cause;
}
