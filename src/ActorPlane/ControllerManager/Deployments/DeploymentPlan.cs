using ActorPlane.Api.Apps.V1;

namespace ActorPlane.ControllerManager.Deployments;

/// <summary>The next step of a Deployment. Later steps follow when this one shows.</summary>
/// <param name="New">The ReplicaSet of the present template, or null while there is none.</param>
/// <param name="Create">The one to create, or null.</param>
/// <param name="Changes">ReplicaSets to update.</param>
/// <param name="Deletions">Old ReplicaSets beyond the history limit.</param>
public sealed record DeploymentPlan(
    ReplicaSet? New, ReplicaSet? Create, IReadOnlyList<ReplicaSetChange> Changes, IReadOnlyList<ReplicaSet> Deletions);
