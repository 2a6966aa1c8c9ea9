using ActorPlane.Api.Core.V1;

namespace ActorPlane.ControllerManager.Nodes;

/// <summary>The condition that says that a pod is about to be deleted because of a taint. (<c>addConditionAndDeletePod</c> in <c>C/tainteviction</c>.)</summary>
public static class DisruptionTarget
{
    /// <summary>The status with the condition.</summary>
    public static PodStatus WithCondition(PodStatus status, DateTimeOffset now)
    {
        var condition = new PodCondition
        {
            Type = "DisruptionTarget",
            Status = "True",
            Reason = "DeletionByTaintManager",
            Message = "Taint manager: deleting due to NoExecute taint",
            LastTransitionTime = now,
        };
        var index = status.Conditions.FindIndex(known => known.Type == condition.Type);
        return status with { Conditions = index < 0 ? status.Conditions.Add(condition) : status.Conditions.SetItem(index, condition) };
    }
}
