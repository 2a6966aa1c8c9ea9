namespace ActorPlane.Scheduler;

/// <summary>
/// How many fitting nodes are enough. In a large cluster the best of a sample is nearly as good as the best of all, and
/// much sooner found. (<c>numFeasibleNodesToFind</c> in <c>S/schedule_one.go</c>.)
/// </summary>
/// <param name="MinFeasible">Clusters smaller than this are looked at whole, and no sample is smaller.</param>
/// <param name="MinPercent">No sample is a smaller part of the cluster, in percent.</param>
public readonly record struct NodeSampling(int MinFeasible, int MinPercent)
{
    /// <summary>Fitting nodes after which the search ends.</summary>
    public int FeasibleToFind(int nodes)
    {
        if (nodes < MinFeasible) return nodes;
        var percent = Math.Max(50 - nodes / 125, MinPercent);
        return Math.Max((int)((long)nodes * percent / 100), MinFeasible);
    }
}
