using ActorPlane.Api.Core.V1;

namespace ActorPlane.ControllerManager.ReplicaSets;

/// <summary>Compares the pods that a ReplicaSet has with those that it should have. (<c>manageReplicas</c> in <c>C/replicaset/replica_set.go</c>.)</summary>
public static class ReplicaPlanner
{
    /// <summary>What to order now.</summary>
    /// <param name="desired"><c>spec.replicas</c>.</param>
    /// <param name="active">The pods that count: <see cref="PodConditions.IsActive"/>.</param>
    /// <param name="burst">No more than this at once; the rest follows when these are seen.</param>
    /// <param name="podsOnNode">See <see cref="PodDeletionOrder.Select"/>; asked for only when pods must go.</param>
    public static ReplicaPlan Plan(
        int desired, IReadOnlyCollection<Pod> active, int burst, Func<IReadOnlyDictionary<string, int>> podsOnNode, DateTimeOffset now)
    {
        var missing = desired - active.Count;
        if (missing > 0) return new ReplicaPlan(Math.Min(missing, burst), []);
        return missing == 0 ? ReplicaPlan.Nothing : new ReplicaPlan(0, PodDeletionOrder.Select(active, Math.Min(-missing, burst), podsOnNode(), now));
    }
}
