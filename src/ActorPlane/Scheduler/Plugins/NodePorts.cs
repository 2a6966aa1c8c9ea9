using ActorPlane.Scheduler.Framework;

namespace ActorPlane.Scheduler.Plugins;

/// <summary>Two pods cannot claim the same port of one node. (<c>S/framework/plugins/nodeports</c>.)</summary>
public sealed class NodePorts : IPreFilterPlugin, IFilterPlugin
{
    private static readonly Rejection Taken =
        new(ClusterEvents.NodeAdded | ClusterEvents.PodDeleted, "node(s) didn't have free ports for the requested pod ports");

    /// <inheritdoc />
    public bool AppliesTo(PodInfo pod) => pod.Demand.HostPorts.Length > 0;

    /// <inheritdoc />
    public Rejection? Filter(PodInfo pod, NodeInfo node) => node.HasPortConflict(pod.Demand.HostPorts) ? Taken : null;
}
