using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Scheduler.Framework;

namespace ActorPlane.Scheduler.Plugins;

/// <summary>
/// Keeps pods off nodes with a NoSchedule or NoExecute taint that they do not tolerate, and prefers nodes with few
/// PreferNoSchedule taints of that sort. (<c>S/framework/plugins/tainttoleration</c>.)
/// </summary>
public sealed class TaintToleration : IFilterPlugin, IScorePlugin
{
    /// <inheritdoc />
    public Rejection? Filter(PodInfo pod, NodeInfo node)
    {
        foreach (var taint in node.HardTaints)
        {
            if (!pod.Demand.Spec.Tolerations.Tolerate(taint.Taint)) return taint.Rejection;
        }

        return null;
    }

    /// <summary>How many PreferNoSchedule taints the pod does not tolerate.</summary>
    public long Score(PodInfo pod, NodeInfo node)
    {
        long intolerable = 0;
        foreach (var taint in node.SoftTaints)
        {
            if (!ToleratesSoftly(pod.Demand.Spec.Tolerations, taint)) intolerable++;
        }

        return intolerable;
    }

    /// <inheritdoc />
    public void Normalize(Span<long> scores) => IScorePlugin.NormalizeToMax(scores, reverse: true);

    // Only tolerations that name PreferNoSchedule, or no effect at all, speak about preferences.
    private static bool ToleratesSoftly(ValueList<Toleration> tolerations, Taint taint)
    {
        foreach (var toleration in tolerations.AsSpan())
        {
            if (toleration.Effect is null or "" or "PreferNoSchedule" && toleration.Tolerates(taint)) return true;
        }

        return false;
    }
}
