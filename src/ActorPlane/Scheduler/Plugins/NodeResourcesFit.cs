using ActorPlane.Scheduler.Framework;

namespace ActorPlane.Scheduler.Plugins;

/// <summary>
/// A node must have room for the pod's requests; the emptier it stays, the better (LeastAllocated over cpu and memory,
/// weight 1 each). (<c>S/framework/plugins/noderesources/fit.go</c>, <c>least_allocated.go</c>.)
/// </summary>
public sealed class NodeResourcesFit : IFilterPlugin, IScorePlugin
{
    private const ClusterEvents HelpedBy = ClusterEvents.NodeAdded | ClusterEvents.NodeAllocatableChanged | ClusterEvents.PodDeleted;

    // One rejection for each combination of what can be missing, the order being that of the bits.
    private static readonly string[] BasicReasons = ["Too many pods", "Insufficient cpu", "Insufficient memory", "Insufficient ephemeral-storage"];
    private static readonly Rejection[] Basic = [.. Enumerable.Range(0, 1 << BasicReasons.Length).Select(missing => new Rejection(
        HelpedBy, [.. BasicReasons.Where((_, bit) => (missing & (1 << bit)) != 0)]))];

    private readonly Dictionary<(int Basic, string Extended), Rejection> _extended = [];

    /// <inheritdoc />
    public Rejection? Filter(PodInfo pod, NodeInfo node)
    {
        var demand = pod.Demand;
        var missing = node.PodCount + 1 > node.AllowedPods ? 1 : 0;
        if (demand.MilliCpu > 0 && demand.MilliCpu > node.AllocatableMilliCpu - node.RequestedMilliCpu) missing |= 2;
        if (demand.Memory > 0 && demand.Memory > node.AllocatableMemory - node.RequestedMemory) missing |= 4;
        if (demand.EphemeralStorage > 0 && demand.EphemeralStorage > node.AllocatableEphemeralStorage - node.RequestedEphemeralStorage) missing |= 8;
        if (demand.Extended.Length > 0 && MissingExtended(demand, node) is { } extended) return WithExtended(missing, extended);
        return missing == 0 ? null : Basic[missing];
    }

    /// <summary>The mean of what stays free of cpu and of memory, in percent.</summary>
    public long Score(PodInfo pod, NodeInfo node)
    {
        long score = 0, weights = 0;
        if (node.AllocatableMilliCpu > 0)
        {
            score += FreeShare(node.ScoredMilliCpu + pod.Demand.ScoredMilliCpu, node.AllocatableMilliCpu);
            weights++;
        }

        if (node.AllocatableMemory > 0)
        {
            score += FreeShare(node.ScoredMemory + pod.Demand.ScoredMemory, node.AllocatableMemory);
            weights++;
        }

        return weights == 0 ? 0 : score / weights;
    }

    private static long FreeShare(long requested, long allocatable) =>
        requested > allocatable ? 0 : (allocatable - requested) * IScorePlugin.MaxScore / allocatable;

    // Rare, so it may allocate: the names of the missing resources, joined, are the key of the rejection.
    private static string? MissingExtended(PodDemand demand, NodeInfo node)
    {
        string? missing = null;
        foreach (var (resource, amount) in demand.Extended)
        {
            if (amount > 0 && amount > node.FreeExtended(resource)) missing = missing is null ? resource : $"{missing}\n{resource}";
        }

        return missing;
    }

    private Rejection WithExtended(int basic, string extended)
    {
        if (_extended.TryGetValue((basic, extended), out var known)) return known;
        var rejection = new Rejection(HelpedBy, [.. Basic[basic].Reasons, .. extended.Split('\n').Select(name => $"Insufficient {name}")]);
        _extended[(basic, extended)] = rejection;
        return rejection;
    }
}
