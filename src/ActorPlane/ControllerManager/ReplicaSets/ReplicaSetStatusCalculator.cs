using ActorPlane.Api;
using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.ControllerManager.ReplicaSets;

/// <summary>What a ReplicaSet's status should say. (<c>C/replicaset/replica_set_utils.go</c>, calculateStatus.)</summary>
public static class ReplicaSetStatusCalculator
{
    private const string ReplicaFailure = "ReplicaFailure";

    /// <summary>The new status; equal to the old one when there is nothing new.</summary>
    /// <param name="failure">Why pods could not be created or deleted in this pass, or null.</param>
    /// <param name="wasCreating">Whether the failure was one of creating.</param>
    public static ReplicaSetStatus Calculate(ReplicaSet set, OwnedPods pods, string? failure, bool wasCreating, DateTimeOffset now)
    {
        var status = set.Status;
        var templateLabels = set.Spec.Template.Metadata.Labels;
        return status with
        {
            Replicas = pods.Count,
            FullyLabeledReplicas = pods.FullyLabeled(templateLabels),
            ReadyReplicas = pods.Ready,
            AvailableReplicas = pods.Available(TimeSpan.FromSeconds(set.Spec.MinReadySeconds ?? 0), now),
            ObservedGeneration = set.Metadata.Generation ?? 0,
            Conditions = WithFailure(status.Conditions, failure, wasCreating, now),
        };
    }

    private static ValueList<ReplicaSetCondition> WithFailure(
        ValueList<ReplicaSetCondition> conditions, string? failure, bool wasCreating, DateTimeOffset now)
    {
        var known = conditions.Find(condition => condition.Type == ReplicaFailure);
        if (failure is null) return known is null ? conditions : conditions.RemoveAll(condition => condition.Type == ReplicaFailure);
        if (known is not null) return conditions;
        return conditions.Add(new ReplicaSetCondition
        {
            Type = ReplicaFailure,
            Status = "True",
            Reason = wasCreating ? "FailedCreate" : "FailedDelete",
            Message = failure,
            LastTransitionTime = now,
        });
    }
}
