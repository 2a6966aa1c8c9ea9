using ActorPlane.Scheduler.Framework;

namespace ActorPlane.Scheduler.Plugins;

/// <summary>
/// Prefers nodes whose cpu and memory would be used to the same degree: 100 minus the standard deviation of the two
/// shares in percent. (<c>S/framework/plugins/noderesources/balanced_allocation.go</c>.)
/// </summary>
public sealed class NodeResourcesBalancedAllocation : IScorePlugin
{
    /// <inheritdoc />
    public long Score(PodInfo pod, NodeInfo node)
    {
        if (node.AllocatableMilliCpu == 0 || node.AllocatableMemory == 0) return IScorePlugin.MaxScore;
        var cpu = Share(node.RequestedMilliCpu + pod.Demand.MilliCpu, node.AllocatableMilliCpu);
        var memory = Share(node.RequestedMemory + pod.Demand.Memory, node.AllocatableMemory);
        // Of two values the standard deviation is half their distance.
        return (long)((1 - Math.Abs(cpu - memory) / 2) * IScorePlugin.MaxScore);
    }

    private static double Share(long requested, long allocatable) => Math.Min(1, (double)requested / allocatable);
}
