using ActorPlane.Settings;
using Akka.Configuration;

namespace ActorPlane.Kubelet;

/// <summary>The section <c>actorplane.kubelet</c>: how a node's agent and its container runtime behave. One instance serves all nodes.</summary>
/// <param name="Version">What <c>kubectl get nodes</c> shows as VERSION.</param>
/// <param name="LeaseDuration">How long a node's lease is good for without being renewed.</param>
/// <param name="LeaseRenewInterval">The time between two renewals.</param>
/// <param name="LeaseJitter">Each interval is lengthened by a random share of itself up to this.</param>
/// <param name="HeartbeatTimeout">The time after which a renewal without an answer is given up.</param>
/// <param name="StatusReportInterval">The node's status is written at least so often, also when nothing changed.</param>
/// <param name="RetryDelay">The wait before a write that failed is tried again.</param>
/// <param name="SandboxStart">From the moment at which the kubelet takes a pod up until its network is there.</param>
/// <param name="ImagePull">The time that pulling an image takes.</param>
/// <param name="ImageCheck">The time in which a registry confirms that an image at hand is the newest; only for the pull policy Always.</param>
/// <param name="ContainerStart">From the image to the running container.</param>
/// <param name="ContainerStop">From SIGTERM until a container ends by itself.</param>
/// <param name="CrashLoop">How long a container that keeps ending waits.</param>
/// <param name="PodEvents">Whether Events are written about pods: Pulling, Pulled, Created, Started, Killing, BackOff.</param>
/// <param name="NodeEvents">Whether Events are written about nodes: Starting, NodeReady, Rebooted.</param>
public sealed record KubeletSettings(
    string Version,
    TimeSpan LeaseDuration,
    TimeSpan LeaseRenewInterval,
    double LeaseJitter,
    TimeSpan HeartbeatTimeout,
    TimeSpan StatusReportInterval,
    TimeSpan RetryDelay,
    TimeSpan SandboxStart,
    TimeSpan ImagePull,
    TimeSpan ImageCheck,
    TimeSpan ContainerStart,
    TimeSpan ContainerStop,
    CrashLoopSettings CrashLoop,
    bool PodEvents,
    bool NodeEvents)
{
    /// <summary>Reads the section from a system's whole configuration. Throws <see cref="SettingsException"/>.</summary>
    public static KubeletSettings Read(Config config)
    {
        var section = SettingsReader.For(config, "actorplane.kubelet");
        return new KubeletSettings(
            section.Text("version"),
            section.Duration("lease-duration"),
            section.Duration("lease-renew-interval"),
            section.Number("lease-jitter", 0, 1),
            section.Duration("heartbeat-timeout"),
            section.Duration("status-report-interval"),
            section.Duration("retry-delay"),
            section.Duration("sandbox-start"),
            section.Duration("image-pull"),
            section.Duration("image-check"),
            section.Duration("container-start"),
            section.Duration("container-stop"),
            CrashLoopSettings.From(section.Section("crash-loop")),
            section.Flag("pod-events"),
            section.Flag("node-events"));
    }
}
