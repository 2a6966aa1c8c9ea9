using ActorPlane.Tracing;

namespace ActorPlane.Kubelet;

/// <summary>The conversation between a pod's actor and those of its containers.</summary>
public static class ContainerProtocol
{
    /// <summary>Runs the container's process. Reply: <see cref="ContainerStarted"/>; at its end <see cref="ContainerExited"/>.</summary>
    /// <param name="Container">Its name.</param>
    /// <param name="Plan">What it does by itself; null when it runs until it is told otherwise.</param>
    public sealed record StartContainer(string Container, WorkloadPlan? Plan, Cause Cause) : ITraced
    {
        /// <inheritdoc />
        public string Describe() => "start container";
    }

    /// <summary>SIGTERM: the process ends by itself soon, with <see cref="ContainerExited"/> 143. One that does not run does not answer.</summary>
    public sealed record Terminate(Cause Cause) : ITraced
    {
        /// <inheritdoc />
        public string Describe() => "SIGTERM";
    }

    /// <summary>SIGKILL: the process ends at once, with <see cref="ContainerExited"/> 137. One that does not run does not answer.</summary>
    public sealed record Kill(Cause Cause) : ITraced
    {
        /// <inheritdoc />
        public string Describe() => "SIGKILL";
    }

    /// <summary>The process runs.</summary>
    public sealed record ContainerStarted(string Container, Cause Cause) : ITraced
    {
        /// <inheritdoc />
        public string Describe() => $"container {Container} started";
    }

    /// <summary>
    /// The process has ended. When it crashed, <see cref="ContainerCrash"/> was thrown as well, and the supervisor strategy
    /// restarts or stops the actor.
    /// </summary>
    /// <param name="Crashed">True when it ended by itself with an exit code that is not 0.</param>
    public sealed record ContainerExited(string Container, int ExitCode, string Reason, bool Crashed, DateTimeOffset EndedAt, Cause Cause) : ITraced
    {
        /// <inheritdoc />
        public string Describe() => $"container {Container} exited with {ExitCode} ({Reason})";
    }

    /// <summary>The supervisor restarted the actor after a crash: it has no process yet and waits for <see cref="StartContainer"/>.</summary>
    public sealed record ContainerRestarted(string Container, Cause Cause) : ITraced
    {
        /// <inheritdoc />
        public string Describe() => $"container {Container} restarted by its supervisor";
    }
}
