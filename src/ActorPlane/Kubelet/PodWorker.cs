using ActorPlane.Api;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.Kubelet;

/// <summary>
/// Decides what a kubelet does when it sees a pod, new or changed. Source: <c>pkg/kubelet/pod_workers.go</c>.
/// </summary>
public static class PodWorker
{
    /// <summary>The next step for a pod that is at <paramref name="stage"/>.</summary>
    /// <param name="graceInForce">The grace period that its containers were given; only while <see cref="PodStage.Stopping"/>.</param>
    public static PodAction Decide(PodStage stage, Pod pod, TimeSpan graceInForce)
    {
        var isDeleted = pod.Metadata.DeletionTimestamp is not null;
        return stage switch
        {
            // The runtime may have it from before a restart of the kubelet.
            PodStage.Unknown when isDeleted => PodAction.Stop,
            PodStage.Unknown when PodPhases.IsTerminal(pod.Status.Phase) => PodAction.Ignore,
            PodStage.Unknown => PodAction.Admit,
            PodStage.Checking when isDeleted => PodAction.Stop,
            PodStage.Running when isDeleted => PodAction.Stop,
            PodStage.Stopping when GraceOf(pod) < graceInForce => PodAction.Stop,
            PodStage.Ended when isDeleted => PodAction.Delete,
            _ => PodAction.None,
        };
    }

    /// <summary>How long the containers of a deleted pod have to end by themselves; at least 1 s, as <c>pkg/kubelet/kuberuntime/kuberuntime_container.go</c> has it.</summary>
    public static TimeSpan GraceOf(Pod pod) =>
        Durations.OfSeconds(Math.Max(1, pod.Metadata.DeletionGracePeriodSeconds ?? pod.Spec.TerminationGracePeriodSeconds ?? 1));
}
