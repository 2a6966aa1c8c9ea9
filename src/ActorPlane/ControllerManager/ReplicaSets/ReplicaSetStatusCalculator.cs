using ActorPlane.Api;
using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.ControllerManager.ReplicaSets;

/// <summary>What the status of a ReplicaSet or ReplicationController should say. (<c>C/replicaset/replica_set_utils.go</c>, calculateStatus.)</summary>
public static class ReplicaSetStatusCalculator
{
    private const string ReplicaFailure = "ReplicaFailure";

    /// <summary>The new status; equal to the old one when there is nothing new.</summary>
    /// <param name="failure">Why pods could not be created or deleted in this pass, or null.</param>
    /// <param name="wasCreating">Whether the failure was one of creating.</param>
    /// <param name="spec">Of the set.</param>
    /// <param name="status">As it is stored.</param>
    /// <param name="generation">Of the set, as it is stored.</param>
    public static ReplicaSetStatus Calculate(
        ReplicaSetSpec spec, ReplicaSetStatus status, long generation, OwnedPods pods, string? failure, bool wasCreating, DateTimeOffset now)
    {
        var templateLabels = spec.Template.Metadata.Labels;
        return status with
        {
            Replicas = pods.Count,
            FullyLabeledReplicas = pods.FullyLabeled(templateLabels),
            ReadyReplicas = pods.Ready,
            AvailableReplicas = pods.Available(TimeSpan.FromSeconds(spec.MinReadySeconds ?? 0), now),
            ObservedGeneration = generation,
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
