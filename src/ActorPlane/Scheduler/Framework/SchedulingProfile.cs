using ActorPlane.Scheduler.Plugins;

namespace ActorPlane.Scheduler.Framework;

/// <summary>Which plugins are asked at each extension point, in order. (<c>S/apis/config/v1/default_plugins.go</c>.)</summary>
public sealed record SchedulingProfile(
    IReadOnlyList<IPreEnqueuePlugin> PreEnqueue,
    IReadOnlyList<IFilterPlugin> Filters,
    IReadOnlyList<WeightedScore> Scores)
{
    /// <summary>Kubernetes' default order and weights, as far as the plugins exist here.</summary>
    public static SchedulingProfile Default()
    {
        var taints = new TaintToleration();
        var affinity = new NodeAffinity();
        var resources = new NodeResourcesFit();
        return new SchedulingProfile(
            [new SchedulingGates()],
            [new NodeUnschedulable(), new NodeName(), taints, affinity, new NodePorts(), resources],
            [new(taints, 3), new(affinity, 2), new(resources, 1), new(new NodeResourcesBalancedAllocation(), 1)]);
    }
}
