using ActorPlane.Api.Apps.V1;
using static ActorPlane.ControllerManager.Deployments.DeploymentFacts;

namespace ActorPlane.ControllerManager.Deployments;

/// <summary>
/// One step of a rolling update: first the new ReplicaSet grows as far as maxSurge allows, then old ones shrink as far
/// as maxUnavailable allows, those pods first that are not available anyway. (<c>C/deployment/rolling.go</c>.)
/// </summary>
internal static class RollingUpdate
{
    /// <summary>The size that the new ReplicaSet may have while all have <paramref name="total"/> together.</summary>
    public static int SizeOfNew(Deployment deployment, int size, int total)
    {
        var desired = DesiredReplicas(deployment);
        if (IsRecreate(deployment) || size > desired) return desired;
        var room = desired + MaxSurge(deployment) - total;
        return room <= 0 ? size : size + Math.Min(room, desired - size);
    }

    /// <summary>False when the new ReplicaSet has the size that it may have.</summary>
    public static bool ScaleNew(Deployment deployment, ReplicaSet current, Dictionary<ReplicaSet, int> sizes)
    {
        var size = SizeOfNew(deployment, sizes[current], sizes.Values.Total());
        if (size == sizes[current]) return false;
        sizes[current] = size;
        return true;
    }

    /// <summary>Shrinks the old ReplicaSets, oldest first.</summary>
    public static void ScaleOld(Deployment deployment, ReplicaSet current, IReadOnlyList<ReplicaSet> old, Dictionary<ReplicaSet, int> sizes)
    {
        var minAvailable = DesiredReplicas(deployment) - MaxUnavailable(deployment);
        var newUnavailable = sizes[current] - Available(current);
        var mayGo = sizes.Values.Total() - minAvailable - newUnavailable;
        if (mayGo <= 0 || old.All(set => sizes[set] == 0)) return;

        foreach (var set in old)
        {
            // Taking pods away that are not available costs nothing.
            var unhealthy = Math.Clamp(sizes[set] - Available(set), 0, mayGo);
            sizes[set] -= unhealthy;
            mayGo -= unhealthy;
        }

        var spare = Available(current) + old.Select(Available).Total() - minAvailable;
        foreach (var set in old)
        {
            var step = Math.Clamp(sizes[set], 0, Math.Max(0, spare));
            sizes[set] -= step;
            spare -= step;
        }
    }

    private static int Available(ReplicaSet set) => set.Status.AvailableReplicas ?? 0;
}
