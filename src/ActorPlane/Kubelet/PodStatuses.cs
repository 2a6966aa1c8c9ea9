using ActorPlane.Api;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.Kubelet;

/// <summary>A pod's status, put together by its kubelet. Source: <c>pkg/kubelet/kubelet_pods.go</c> (generateAPIPodStatus).</summary>
public static class PodStatuses
{
    /// <summary>The status after a report of the runtime; equal to the pod's own when it says nothing new.</summary>
    /// <param name="pod">The pod as last seen, with its status.</param>
    /// <param name="hostAddresses">The node's IP addresses, the first one first: one list for all pods of a node.</param>
    public static PodStatus After(Pod pod, RuntimeProtocol.PodReport report, ValueList<HostIP> hostAddresses, DateTimeOffset now)
    {
        var before = pod.Status;
        // A pod never leaves its terminal phase.
        var phase = PodPhases.IsTerminal(before.Phase)
            ? before.Phase!
            : PodPhases.Of(pod.Spec, report.InitContainers, report.Containers, report.HasEnded);
        var address = report.Address ?? before.PodIP;
        return before with
        {
            Phase = phase,
            Conditions = PodConditions.Of(
                pod.Spec, phase, report.Address is not null && !report.HasEnded, report.InitContainers, report.Containers, before.Conditions, now),
            HostIP = hostAddresses[0].Ip,
            HostIPs = hostAddresses,
            PodIP = address,
            PodIPs = address == before.PodIP ? before.PodIPs : address is null ? [] : [new PodIP { Ip = address }],
            StartTime = before.StartTime ?? now,
            InitContainerStatuses = report.InitContainers,
            ContainerStatuses = report.Containers,
            EphemeralContainerStatuses = report.EphemeralContainers,
        };
    }

    /// <summary>The status of a pod that its node does not take. Source: <c>pkg/kubelet/kubelet.go</c> (rejectPod).</summary>
    public static PodStatus Rejected(Pod pod, PodRejection rejection, DateTimeOffset now) => pod.Status with
    {
        Phase = PodPhases.Failed,
        Reason = rejection.Reason,
        Message = $"Pod was rejected: {rejection.Message}",
        StartTime = pod.Status.StartTime ?? now,
    };
}
