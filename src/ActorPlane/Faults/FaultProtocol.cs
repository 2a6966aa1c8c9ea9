using ActorPlane.Tracing;

namespace ActorPlane.Faults;

/// <summary>
/// Faults caused on purpose, by the tour, scenarios, tests and the dashboard alike. All are sent to
/// <c>/user/faults</c>, which passes each to the actor that suffers it. Every command gets exactly one reply with its
/// <c>RequestId</c>: <see cref="Injected"/>, or <see cref="NoSuchTarget"/>.
/// </summary>
public static class FaultProtocol
{
    /// <summary>A fault to cause.</summary>
    public interface IFault : ITraced
    {
        /// <summary>Chosen by the sender.</summary>
        long RequestId { get; }
    }

    /// <summary>The container's process ends by itself with <paramref name="ExitCode"/>: 0 is a clean exit, 137 with <paramref name="Reason"/> OOMKilled an out-of-memory kill.</summary>
    public sealed record CrashContainer(long RequestId, string Namespace, string Pod, string Container, int ExitCode, string Reason, Cause Cause) : IFault
    {
        /// <inheritdoc />
        public string Describe() => $"crash container {Container} of pod {Namespace}/{Pod} (exit code {ExitCode}, {Reason})";
    }

    /// <summary>The container's readiness changes by itself, as if its readiness probe now succeeds or fails.</summary>
    public sealed record SetContainerReady(long RequestId, string Namespace, string Pod, string Container, bool Ready, Cause Cause) : IFault
    {
        /// <inheritdoc />
        public string Describe() => $"container {Container} of pod {Namespace}/{Pod} is {(Ready ? "ready" : "not ready")}";
    }

    /// <summary>The kubelet process crashes; its supervisor restarts it; containers go on.</summary>
    public sealed record CrashKubelet(long RequestId, string Node, Cause Cause) : IFault
    {
        /// <inheritdoc />
        public string Describe() => $"crash kubelet of {Node}";
    }

    /// <summary>The kubelet stops and stays down until <see cref="StartKubelet"/>; containers go on.</summary>
    public sealed record StopKubelet(long RequestId, string Node, Cause Cause) : IFault
    {
        /// <inheritdoc />
        public string Describe() => $"stop kubelet of {Node}";
    }

    /// <summary>Starts a kubelet that was stopped.</summary>
    public sealed record StartKubelet(long RequestId, string Node, Cause Cause) : IFault
    {
        /// <inheritdoc />
        public string Describe() => $"start kubelet of {Node}";
    }

    /// <summary>The machine loses power: kubelet and containers die with it.</summary>
    public sealed record PowerOff(long RequestId, string Node, Cause Cause) : IFault
    {
        /// <inheritdoc />
        public string Describe() => $"power off {Node}";
    }

    /// <summary>The machine boots again, with nothing running.</summary>
    public sealed record PowerOn(long RequestId, string Node, Cause Cause) : IFault
    {
        /// <inheritdoc />
        public string Describe() => $"power on {Node}";
    }

    /// <summary>Sets the link between a node and the API server.</summary>
    /// <param name="Cut">True: nothing passes in either direction.</param>
    /// <param name="Latency">One way.</param>
    /// <param name="Loss">Share of messages lost, 0 to 1, drawn from the seed.</param>
    public sealed record SetLink(long RequestId, string Node, bool Cut, TimeSpan Latency, double Loss, Cause Cause) : IFault
    {
        /// <inheritdoc />
        public string Describe() => Cut ? $"cut the link of {Node}" : $"link of {Node}: latency {Latency.TotalMilliseconds} ms, loss {Loss:P0}";
    }

    /// <summary>A process of the control plane crashes and is restarted by its supervisor.</summary>
    /// <param name="Process"><c>etcd</c>, <c>kube-apiserver</c>, <c>apiextensions-apiserver</c>, <c>kube-scheduler</c>, <c>kube-controller-manager</c> or <c>kube-controller-manager/NAME</c>.</param>
    public sealed record CrashProcess(long RequestId, string Process, Cause Cause) : IFault
    {
        /// <inheritdoc />
        public string Describe() => $"crash {Process}";
    }

    /// <summary>The fault was handed to the actor that suffers it.</summary>
    public sealed record Injected(long RequestId, Cause Cause) : ITraced
    {
        /// <inheritdoc />
        public string Describe() => "fault injected";
    }

    /// <summary>There is no such pod, container, node or process now.</summary>
    public sealed record NoSuchTarget(long RequestId, string Target, Cause Cause) : ITraced
    {
        /// <inheritdoc />
        public string Describe() => $"no such target: {Target}";
    }
}
