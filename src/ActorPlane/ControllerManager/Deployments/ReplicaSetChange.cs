using ActorPlane.Api.Apps.V1;

namespace ActorPlane.ControllerManager.Deployments;

/// <summary>A ReplicaSet as it should be from now on.</summary>
/// <param name="Before">As it is.</param>
/// <param name="After">As it should be.</param>
public sealed record ReplicaSetChange(ReplicaSet Before, ReplicaSet After)
{
    /// <summary>Whether the number of replicas changes.</summary>
    public bool IsScaling => DeploymentFacts.DesiredReplicas(Before) != DeploymentFacts.DesiredReplicas(After);
}
