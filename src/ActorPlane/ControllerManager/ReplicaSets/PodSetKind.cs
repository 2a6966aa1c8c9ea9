using ActorPlane.Api;
using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.ControllerManager.ReplicaSets;

/// <summary>
/// How <see cref="PodSetController{TSet}"/> sees the sets of one kind: in the terms of a ReplicaSet.
/// (<c>C/replication/conversion.go</c>.)
/// </summary>
/// <param name="Resource">As kubectl names it.</param>
/// <param name="Kind">What the pods' owner references say.</param>
/// <param name="Component">The source of its Events.</param>
/// <param name="Spec">What a set asks for.</param>
/// <param name="Status">What its status says.</param>
/// <param name="WithStatus">The set with another status.</param>
public sealed record PodSetKind<TSet>(
    string Resource, string Kind, string Component, Func<TSet, ReplicaSetSpec> Spec, Func<TSet, ReplicaSetStatus> Status,
    Func<TSet, ReplicaSetStatus, TSet> WithStatus)
    where TSet : class, IKubeObject;

/// <summary>The kinds that there are.</summary>
public static class PodSetKinds
{
    /// <summary>ReplicaSets.</summary>
    public static readonly PodSetKind<ReplicaSet> ReplicaSet = new(
        "replicasets.apps", "ReplicaSet", "replicaset-controller", static set => set.Spec, static set => set.Status,
        static (set, status) => set with { Status = status });

    /// <summary>ReplicationControllers.</summary>
    public static readonly PodSetKind<ReplicationController> ReplicationController = new(
        "replicationcontrollers", "ReplicationController", "replication-controller", static set => SpecOf(set.Spec), static set => StatusOf(set.Status),
        static (set, status) => set with { Status = StatusOf(status) });

    private static ReplicaSetSpec SpecOf(ReplicationControllerSpec spec) => new()
    {
        Replicas = spec.Replicas,
        MinReadySeconds = spec.MinReadySeconds,
        Selector = new LabelSelector { MatchLabels = spec.Selector },
        Template = spec.Template ?? PodTemplateSpec.Empty,
    };

    private static ReplicaSetStatus StatusOf(ReplicationControllerStatus status) => new()
    {
        Replicas = status.Replicas,
        FullyLabeledReplicas = status.FullyLabeledReplicas,
        ReadyReplicas = status.ReadyReplicas,
        AvailableReplicas = status.AvailableReplicas,
        ObservedGeneration = status.ObservedGeneration,
        Conditions =
        [
            .. status.Conditions.Select(condition => new ReplicaSetCondition
            {
                Type = condition.Type,
                Status = condition.Status,
                Reason = condition.Reason,
                Message = condition.Message,
                LastTransitionTime = condition.LastTransitionTime,
            }),
        ],
    };

    private static ReplicationControllerStatus StatusOf(ReplicaSetStatus status) => new()
    {
        Replicas = status.Replicas,
        FullyLabeledReplicas = status.FullyLabeledReplicas,
        ReadyReplicas = status.ReadyReplicas,
        AvailableReplicas = status.AvailableReplicas,
        ObservedGeneration = status.ObservedGeneration,
        Conditions =
        [
            .. status.Conditions.Select(condition => new ReplicationControllerCondition
            {
                Type = condition.Type,
                Status = condition.Status,
                Reason = condition.Reason,
                Message = condition.Message,
                LastTransitionTime = condition.LastTransitionTime,
            }),
        ],
    };
}
