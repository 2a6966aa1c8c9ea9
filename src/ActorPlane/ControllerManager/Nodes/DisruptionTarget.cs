using ActorPlane.Api.Core.V1;

namespace ActorPlane.ControllerManager.Nodes;

/// <summary>
/// The condition that says that a pod is about to be deleted, and by whom. (<c>addConditionAndDeletePod</c> in
/// <c>C/tainteviction</c> and <c>pkg/registry/core/pod/storage/eviction.go</c>.)
/// </summary>
public static class DisruptionTarget
{
    /// <summary>The status with the condition of a pod that does not tolerate a taint.</summary>
    public static PodStatus WithCondition(PodStatus status, DateTimeOffset now) =>
        WithCondition(status, "DeletionByTaintManager", "Taint manager: deleting due to NoExecute taint", now);

    /// <summary>The status with the condition of a pod that somebody evicts.</summary>
    public static PodStatus Evicted(PodStatus status, DateTimeOffset now) => WithCondition(status, "EvictionByEvictionAPI", "Eviction API: evicting", now);

    private static PodStatus WithCondition(PodStatus status, string reason, string message, DateTimeOffset now)
    {
        var condition = new PodCondition
        {
            Type = "DisruptionTarget",
            Status = "True",
            Reason = reason,
            Message = message,
            LastTransitionTime = now,
        };
        var index = status.Conditions.FindIndex(known => known.Type == condition.Type);
        return status with { Conditions = index < 0 ? status.Conditions.Add(condition) : status.Conditions.SetItem(index, condition) };
    }
}
