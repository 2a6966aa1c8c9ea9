using ActorPlane.Api;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.ControllerManager.Nodes;

/// <summary>How long a pod may stay on a node with NoExecute taints. (<c>C/tainteviction/taint_eviction.go</c>, processPodOnNode.)</summary>
public static class PodEviction
{
    /// <summary>
    /// Zero when a taint is not tolerated; null when all are tolerated for ever or there are none; else the shortest
    /// <c>tolerationSeconds</c> of the tolerations that match.
    /// </summary>
    public static TimeSpan? Patience(ValueList<Toleration> tolerations, ValueList<Taint> taints)
    {
        TimeSpan? patience = null;
        foreach (var taint in taints.AsSpan())
        {
            if (taint.Effect != "NoExecute") continue;
            var index = tolerations.FindIndex(toleration => toleration.Tolerates(taint));
            if (index < 0) return TimeSpan.Zero;
            if (tolerations[index].TolerationSeconds is not { } seconds) continue;
            var stay = Durations.OfSeconds(Math.Max(0, seconds));
            if (patience is null || stay < patience) patience = stay;
        }

        return patience;
    }
}
