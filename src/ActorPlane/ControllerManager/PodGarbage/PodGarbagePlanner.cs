using ActorPlane.Api.Core.V1;

namespace ActorPlane.ControllerManager.PodGarbage;

/// <summary>Which pods nobody else will take away. (<c>C/podgc/gc_controller.go</c>.)</summary>
public static class PodGarbagePlanner
{
    private const string OutOfService = "node.kubernetes.io/out-of-service";

    /// <summary>The finished pods beyond the threshold, oldest first, then by name.</summary>
    /// <param name="terminated">Pods that succeeded or failed and are not being deleted.</param>
    /// <param name="threshold">So many may stay; 0 for all.</param>
    public static IReadOnlyList<Pod> Terminated(IReadOnlyCollection<Pod> terminated, int threshold)
    {
        var excess = threshold == 0 ? 0 : terminated.Count - threshold;
        return excess <= 0 ? [] : [.. OldestFirst(terminated).Take(excess)];
    }

    /// <summary>Pods that are being deleted and never had a node: no kubelet will confirm it.</summary>
    public static IReadOnlyList<Pod> UnscheduledTerminating(IEnumerable<Pod> terminating) =>
        [.. OldestFirst(terminating.Where(pod => string.IsNullOrEmpty(pod.Spec.NodeName)))];

    /// <summary>
    /// Pods that are being deleted on nodes which are not ready and which somebody declared out of service by a taint: the
    /// machine is known to be off.
    /// </summary>
    public static IReadOnlyList<Pod> OutOfServiceTerminating(IEnumerable<Pod> terminating, Func<string, Node?> nodeOf) =>
        [.. OldestFirst(terminating.Where(pod => !string.IsNullOrEmpty(pod.Spec.NodeName) && nodeOf(pod.Spec.NodeName) is { } node && IsOutOfService(node)))];

    /// <summary>The status Failed of a pod whose node is gone; a pod that ended before keeps its own.</summary>
    public static PodStatus WithoutNode(PodStatus status, DateTimeOffset now)
    {
        if (status.Phase is "Succeeded" or "Failed") return status;
        return status with
        {
            Phase = "Failed",
            Conditions = status.Conditions.RemoveAll(condition => condition.Type == "DisruptionTarget").Add(new PodCondition
            {
                Type = "DisruptionTarget",
                Status = "True",
                Reason = "DeletionByPodGC",
                Message = "PodGC: node no longer exists",
                LastTransitionTime = now,
            }),
        };
    }

    private static bool IsOutOfService(Node node) =>
        !NodeConditions.IsReady(node) && node.Spec.Taints.FindIndex(taint => taint.Key == OutOfService) >= 0;

    private static IEnumerable<Pod> OldestFirst(IEnumerable<Pod> pods) => pods
        .OrderBy(pod => pod.Metadata.CreationTimestamp?.Time ?? DateTimeOffset.MinValue)
        .ThenBy(pod => pod.Metadata.Namespace, StringComparer.Ordinal)
        .ThenBy(pod => pod.Metadata.Name, StringComparer.Ordinal);
}
