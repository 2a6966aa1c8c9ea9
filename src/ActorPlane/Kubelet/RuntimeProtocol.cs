using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Tracing;

namespace ActorPlane.Kubelet;

/// <summary>
/// The conversation between a kubelet, the container runtime of its machine and the pods in it: the role of the CRI
/// (<c>staging/src/k8s.io/cri-api</c>).
/// </summary>
public static class RuntimeProtocol
{
    /// <summary>
    /// From the kubelet: start this pod, or, if it is there already, start the ephemeral containers that are new and tell how
    /// it stands; the sender gets its reports from now on. Answered by a <see cref="PodReport"/> at each change.
    /// </summary>
    public sealed record RunPod(Pod Pod, Cause Cause) : ITraced
    {
        /// <inheritdoc />
        public string Describe() => $"run pod {Pod.Metadata.Namespace}/{Pod.Metadata.Name}";
    }

    /// <summary>
    /// From the kubelet: end all containers of this pod: SIGTERM, and SIGKILL for what still runs after
    /// <paramref name="Grace"/>. Reply: the <see cref="PodReport"/> that says that it has ended, or <see cref="NoSuchPod"/>.
    /// Said again, the shorter grace counts.
    /// </summary>
    public sealed record StopPod(string Uid, TimeSpan Grace, Cause Cause) : ITraced
    {
        /// <inheritdoc />
        public string Describe() => $"stop pod within {GoDuration.Format(Grace)}";
    }

    /// <summary>From the kubelet: forget this pod and what may be left of it. No reply.</summary>
    public sealed record RemovePod(string Uid, Cause Cause) : ITraced
    {
        /// <inheritdoc />
        public string Describe() => "remove pod";
    }

    /// <summary>From a kubelet that has its first list of pods: whatever else there is must go. No reply.</summary>
    /// <param name="Uids">The pods that may stay.</param>
    public sealed record RetainPods(IReadOnlySet<string> Uids, Cause Cause) : ITraced
    {
        /// <inheritdoc />
        public string Describe() => $"retain {Uids.Count} pods";
    }

    /// <summary>The answer to <see cref="StopPod"/> when there is no such pod.</summary>
    public sealed record NoSuchPod(string Uid, Cause Cause) : ITraced
    {
        /// <inheritdoc />
        public string Describe() => "no such pod";
    }

    /// <summary>How a pod stands, from its actor to the kubelet.</summary>
    /// <param name="Address">Its IP address; null until its sandbox is there.</param>
    /// <param name="InitContainers">The state of each init container, in the order of the spec.</param>
    /// <param name="Containers">The state of each container, in the order of the spec.</param>
    /// <param name="HasEnded">No container runs and none will: all have ended for good or were told to.</param>
    /// <param name="Happenings">What happened since the report before, for Events.</param>
    public sealed record PodReport(
        string Uid,
        string? Address,
        ValueList<ContainerStatus> InitContainers,
        ValueList<ContainerStatus> Containers,
        bool HasEnded,
        IReadOnlyList<PodHappening> Happenings,
        Cause Cause) : ITraced
    {
        /// <summary>The state of each ephemeral container, in the order in which they came.</summary>
        public ValueList<ContainerStatus> EphemeralContainers { get; init; } = ValueList<ContainerStatus>.Empty;

        /// <inheritdoc />
        public string Describe()
        {
            var running = Containers.Count(container => container.State?.Running is not null);
            return HasEnded ? "pod has ended" : $"{running} of {Containers.Count} containers run";
        }
    }

    /// <summary>From the runtime to the pod's new actor: begin.</summary>
    /// <param name="Address">The pod's IP address.</param>
    /// <param name="Kubelet">Who gets the reports.</param>
    internal sealed record CreatePod(Pod Pod, string Address, Akka.Actor.IActorRef Kubelet, Cause Cause) : ITraced
    {
        /// <inheritdoc />
        public string Describe() => $"create pod {Pod.Metadata.Namespace}/{Pod.Metadata.Name}";
    }

    /// <summary>
    /// From a pod to the runtime: it needs this image. Replies: <see cref="ImagePulling"/> if it takes time, and then
    /// <see cref="ImageReady"/>.
    /// </summary>
    /// <param name="Policy"><c>Always</c>, <c>IfNotPresent</c> or <c>Never</c>.</param>
    internal sealed record PullImage(string Image, string Policy, Cause Cause) : ITraced
    {
        /// <inheritdoc />
        public string Describe() => $"pull image {Image} ({Policy})";
    }

    /// <summary>The image is being pulled.</summary>
    internal sealed record ImagePulling(string Image, Cause Cause) : ITraced
    {
        /// <inheritdoc />
        public string Describe() => $"pulling image {Image}";
    }

    /// <summary>The image is there.</summary>
    /// <param name="Took">How long the pull took, with the wait for those before it; null when there was none.</param>
    internal sealed record ImageReady(string Image, string ImageId, TimeSpan? Took, Cause Cause) : ITraced
    {
        /// <inheritdoc />
        public string Describe() => Took is null ? $"image {Image} is present" : $"image {Image} is pulled";
    }
}
