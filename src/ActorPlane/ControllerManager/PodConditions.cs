using System.Globalization;
using ActorPlane.Api;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.ControllerManager;

/// <summary>What controllers read out of pods. (<c>pkg/api/v1/pod/util.go</c>, <c>C/controller_utils.go</c>.)</summary>
public static class PodConditions
{
    private const string DeletionCost = "controller.kubernetes.io/pod-deletion-cost";

    /// <summary>Neither finished nor being deleted: it counts as a replica. A pod on a dead node that is being deleted for ever does not.</summary>
    public static bool IsActive(Pod pod) =>
        pod.Metadata.DeletionTimestamp is null && pod.Status.Phase is not ("Succeeded" or "Failed");

    /// <summary>The condition Ready, or null.</summary>
    public static PodCondition? Ready(Pod pod)
    {
        foreach (var condition in pod.Status.Conditions.AsSpan())
        {
            if (condition.Type == "Ready") return condition;
        }

        return null;
    }

    /// <summary>Whether the condition Ready is True.</summary>
    public static bool IsReady(Pod pod) => Ready(pod) is { Status: "True" };

    /// <summary>Since when it is ready; null when it is not.</summary>
    public static DateTimeOffset? ReadySince(Pod pod) => Ready(pod) is { Status: "True" } ready ? ready.LastTransitionTime?.Time : null;

    /// <summary>Ready for at least <paramref name="minReady"/>.</summary>
    public static bool IsAvailable(Pod pod, TimeSpan minReady, DateTimeOffset now) =>
        IsReady(pod) && (minReady == TimeSpan.Zero || (ReadySince(pod) is { } since && Durations.Later(since, minReady) <= now));

    /// <summary>The highest restart count of a container.</summary>
    public static int MaxRestarts(Pod pod)
    {
        var max = 0;
        foreach (var container in pod.Status.ContainerStatuses) max = Math.Max(max, container.RestartCount ?? 0);
        foreach (var container in pod.Status.InitContainerStatuses) max = Math.Max(max, container.RestartCount ?? 0);
        return max;
    }

    /// <summary>The annotation <c>controller.kubernetes.io/pod-deletion-cost</c>; 0 when absent or no number.</summary>
    public static int DeletionCostOf(Pod pod) =>
        pod.Metadata.Annotations.TryGetValue(DeletionCost, out var text)
        && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var cost)
            ? cost
            : 0;
}
