using ActorPlane.Scheduler.Framework;

namespace ActorPlane.Scheduler.Plugins;

/// <summary>A pod that names its node fits there only. (<c>S/framework/plugins/nodename</c>.)</summary>
public sealed class NodeName : IPreFilterPlugin, IFilterPlugin
{
    private static readonly Rejection OtherNode = new(ClusterEvents.NodeAdded, "node(s) didn't match the requested node name");

    /// <inheritdoc />
    public bool AppliesTo(PodInfo pod) => !string.IsNullOrEmpty(pod.Demand.Spec.NodeName);

    /// <inheritdoc />
    public Rejection? Filter(PodInfo pod, NodeInfo node) => pod.Demand.Spec.NodeName == node.Name ? null : OtherNode;
}
