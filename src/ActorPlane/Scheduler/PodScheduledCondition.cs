using ActorPlane.Api.Core.V1;

namespace ActorPlane.Scheduler;

/// <summary>The condition PodScheduled, in which a user reads why a pod has no node. (<c>pkg/api/v1/pod/util.go</c>, UpdatePodCondition.)</summary>
public static class PodScheduledCondition
{
    /// <summary>The pod fits nowhere.</summary>
    public const string Unschedulable = "Unschedulable";

    /// <summary>The attempt failed for another reason.</summary>
    public const string SchedulerError = "SchedulerError";

    /// <summary>The status with PodScheduled False for this reason, or null when it says so already.</summary>
    public static PodStatus? WithFailure(PodStatus status, string reason, string message, DateTimeOffset now)
    {
        var index = status.Conditions.FindIndex(condition => condition.Type == "PodScheduled");
        var known = index < 0 ? null : status.Conditions[index];
        if (known is { Status: "False" } && known.Reason == reason && known.Message == message) return null;
        var condition = new PodCondition
        {
            Type = "PodScheduled",
            Status = "False",
            Reason = reason,
            Message = message,
            LastTransitionTime = known is { Status: "False" } ? known.LastTransitionTime : now,
        };
        return status with { Conditions = index < 0 ? status.Conditions.Add(condition) : status.Conditions.SetItem(index, condition) };
    }
}
