using ActorPlane.Api.Core.V1;

namespace ActorPlane.ControllerManager.ReplicaSets;

/// <summary>What a ReplicaSet has to order: pods to create, or pods to delete, or neither.</summary>
public sealed record ReplicaPlan(int Creations, IReadOnlyList<Pod> Deletions)
{
    /// <summary>All is as it should be.</summary>
    public static ReplicaPlan Nothing { get; } = new(0, []);
}
