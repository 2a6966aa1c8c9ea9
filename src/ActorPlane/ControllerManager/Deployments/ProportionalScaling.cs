using ActorPlane.Api.Apps.V1;
using static ActorPlane.ControllerManager.Deployments.DeploymentFacts;

namespace ActorPlane.ControllerManager.Deployments;

/// <summary>
/// A Deployment that is scaled in the middle of a rollout: each ReplicaSet gets its share of what is added or taken
/// away, the largest one also what rounding leaves. (<c>scale</c> in <c>C/deployment/sync.go</c>, GetProportion.)
/// </summary>
internal static class ProportionalScaling
{
    public static void Scale(Deployment deployment, IReadOnlyList<ReplicaSet> active, Dictionary<ReplicaSet, int> sizes)
    {
        var desired = DesiredReplicas(deployment);
        var allowed = desired > 0 ? desired + MaxSurge(deployment) : 0;
        var toAdd = allowed - active.Select(set => sizes[set]).Total();
        if (toAdd == 0) return;

        // The largest first; of equals the newest grows and the oldest shrinks first.
        var oldestFirst = OldestFirst(active);
        ReplicaSet[] ordered = [.. (toAdd > 0 ? oldestFirst.Reverse() : oldestFirst).OrderByDescending(set => sizes[set])];
        var added = 0;
        foreach (var set in ordered)
        {
            var share = Share(deployment, set, sizes[set]);
            share = toAdd > 0 ? Math.Min(share, toAdd - added) : Math.Max(share, toAdd - added);
            sizes[set] += share;
            added += share;
        }

        sizes[ordered[0]] = Math.Max(0, sizes[ordered[0]] + toAdd - added);
    }

    private static int Share(Deployment deployment, ReplicaSet set, int size)
    {
        var desired = DesiredReplicas(deployment);
        if (desired == 0) return -size;
        var before = Number(set, MaxAnnotation) ?? deployment.Status.Replicas ?? 0;
        if (before == 0) return 0;
        var scaled = (double)size * (desired + MaxSurge(deployment)) / before;
        return (int)Math.Round(scaled, MidpointRounding.AwayFromZero) - size;
    }
}
