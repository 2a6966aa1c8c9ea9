using ActorPlane.Api;
using ActorPlane.Api.Apps.V1;
using static ActorPlane.ControllerManager.Deployments.DeploymentFacts;

namespace ActorPlane.ControllerManager.Deployments;

/// <summary>What a Deployment's status should say. (<c>C/deployment/sync.go</c> calculateStatus, <c>progress.go</c> syncRolloutStatus.)</summary>
public static class DeploymentStatusCalculator
{
    private const string NewReplicaSetAvailable = "NewReplicaSetAvailable";

    /// <summary>The new status; equal to the old one when there is nothing new.</summary>
    /// <param name="owned">All ReplicaSets of the Deployment.</param>
    /// <param name="current">The one of the present template, or null.</param>
    /// <param name="created">The one that was created in this pass, or null.</param>
    public static DeploymentStatus Calculate(
        Deployment deployment, IReadOnlyList<ReplicaSet> owned, ReplicaSet? current, ReplicaSet? created, DateTimeOffset now)
    {
        var status = Counts(deployment, owned, current);
        var conditions = SetCondition(status.Conditions, Availability(deployment, status), now);
        if (deployment.Spec.Paused != true)
            conditions = Progress(deployment, status with { Conditions = conditions }, current, created, now);
        var failure = owned.Select(set => set.Status.Conditions.Find(condition => condition.Type == "ReplicaFailure")).FirstOrDefault(found => found is not null);
        conditions = failure is null
            ? Without(conditions, "ReplicaFailure")
            : SetCondition(conditions, new DeploymentCondition { Type = "ReplicaFailure", Status = failure.Status, Reason = failure.Reason, Message = failure.Message }, now);
        return status with { Conditions = conditions };
    }

    /// <summary>When the rollout counts as stuck, unless it gets on before; null when that is not to be watched.</summary>
    public static DateTimeOffset? Deadline(Deployment deployment, DeploymentStatus status)
    {
        if (deployment.Spec.ProgressDeadlineSeconds is not { } seconds || seconds == int.MaxValue || deployment.Spec.Paused == true) return null;
        var progressing = Find(status.Conditions, "Progressing");
        if (progressing is null or { Reason: NewReplicaSetAvailable or "ProgressDeadlineExceeded" } || IsComplete(deployment, status)) return null;
        return Durations.Later(progressing.LastUpdateTime?.Time ?? DateTimeOffset.MinValue, TimeSpan.FromSeconds(seconds));
    }

    private static DeploymentStatus Counts(Deployment deployment, IReadOnlyList<ReplicaSet> owned, ReplicaSet? current)
    {
        var available = owned.Select(set => set.Status.AvailableReplicas ?? 0).Total();
        return deployment.Status with
        {
            ObservedGeneration = deployment.Metadata.Generation ?? 0,
            Replicas = owned.Select(set => set.Status.Replicas ?? 0).Total(),
            UpdatedReplicas = current?.Status.Replicas ?? 0,
            ReadyReplicas = owned.Select(set => set.Status.ReadyReplicas ?? 0).Total(),
            AvailableReplicas = available,
            UnavailableReplicas = Math.Max(0, owned.Select(DesiredReplicas).Total() - available),
        };
    }

    private static DeploymentCondition Availability(Deployment deployment, DeploymentStatus status) =>
        (status.AvailableReplicas ?? 0) >= DesiredReplicas(deployment) - MaxUnavailable(deployment)
            ? new DeploymentCondition { Type = "Available", Status = "True", Reason = "MinimumReplicasAvailable", Message = "Deployment has minimum availability." }
            : new DeploymentCondition { Type = "Available", Status = "False", Reason = "MinimumReplicasUnavailable", Message = "Deployment does not have minimum availability." };

    private static ValueList<DeploymentCondition> Progress(
        Deployment deployment, DeploymentStatus status, ReplicaSet? current, ReplicaSet? created, DateTimeOffset now)
    {
        if (deployment.Spec.ProgressDeadlineSeconds is null or int.MaxValue) return Without(status.Conditions, "Progressing");
        var known = Find(status.Conditions, "Progressing");
        if (created is not null) return SetCondition(status.Conditions, Progressing("NewReplicaSetCreated", $"Created new replica set \"{created.Metadata.Name}\""), now);
        if (current is null) return status.Conditions;
        if (known is null) return SetCondition(status.Conditions, Progressing("FoundNewReplicaSet", $"Found new replica set \"{current.Metadata.Name}\""), now);

        // Pods that come and go after the rollout was over do not make it a rollout again.
        if (status.Replicas == status.UpdatedReplicas && known.Reason == NewReplicaSetAvailable) return status.Conditions;
        if (IsComplete(deployment, status))
            return SetCondition(status.Conditions, Progressing(NewReplicaSetAvailable, $"ReplicaSet \"{current.Metadata.Name}\" has successfully progressed."), now);
        if (HasProgressed(deployment.Status, status))
        {
            // Written even if it says so already: its time is what the deadline counts from.
            var condition = Progressing("ReplicaSetUpdated", $"ReplicaSet \"{current.Metadata.Name}\" is progressing.") with
            {
                LastUpdateTime = now,
                LastTransitionTime = known.Status == "True" ? known.LastTransitionTime : now,
            };
            return Without(status.Conditions, "Progressing").Add(condition);
        }

        return Deadline(deployment, status) is { } deadline && deadline < now
            ? SetCondition(status.Conditions, Progressing("ProgressDeadlineExceeded", $"ReplicaSet \"{current.Metadata.Name}\" has timed out progressing.") with { Status = "False" }, now)
            : status.Conditions;
    }

    private static bool HasProgressed(DeploymentStatus before, DeploymentStatus after) =>
        (after.UpdatedReplicas ?? 0) > (before.UpdatedReplicas ?? 0)
        || (after.Replicas ?? 0) - (after.UpdatedReplicas ?? 0) < (before.Replicas ?? 0) - (before.UpdatedReplicas ?? 0)
        || (after.ReadyReplicas ?? 0) > (before.ReadyReplicas ?? 0)
        || (after.AvailableReplicas ?? 0) > (before.AvailableReplicas ?? 0);

    private static DeploymentCondition Progressing(string reason, string message) =>
        new() { Type = "Progressing", Status = "True", Reason = reason, Message = message };

    private static DeploymentCondition? Find(ValueList<DeploymentCondition> conditions, string type) => conditions.Find(condition => condition.Type == type);

    private static ValueList<DeploymentCondition> Without(ValueList<DeploymentCondition> conditions, string type) =>
        conditions.RemoveAll(condition => condition.Type == type);

    private static ValueList<DeploymentCondition> SetCondition(ValueList<DeploymentCondition> conditions, DeploymentCondition condition, DateTimeOffset now)
    {
        var known = Find(conditions, condition.Type!);
        if (known is not null && known.Status == condition.Status && known.Reason == condition.Reason) return conditions;
        var next = condition with
        {
            LastUpdateTime = now,
            LastTransitionTime = known?.Status == condition.Status ? known!.LastTransitionTime : now,
        };
        return Without(conditions, condition.Type!).Add(next);
    }
}
