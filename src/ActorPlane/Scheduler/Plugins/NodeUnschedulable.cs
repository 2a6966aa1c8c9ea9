using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Scheduler.Framework;

namespace ActorPlane.Scheduler.Plugins;

/// <summary>Keeps pods off cordoned nodes, unless they tolerate that. (<c>S/framework/plugins/nodeunschedulable</c>.)</summary>
public sealed class NodeUnschedulable : IFilterPlugin
{
    private static readonly Rejection Unschedulable =
        new(ClusterEvents.NodeAdded | ClusterEvents.NodeUnschedulableChanged, "node(s) were unschedulable");

    private static readonly Taint Cordon = new() { Key = "node.kubernetes.io/unschedulable", Effect = "NoSchedule" };

    /// <inheritdoc />
    public Rejection? Filter(PodInfo pod, NodeInfo node) =>
        node.Unschedulable && !pod.Demand.Spec.Tolerations.Tolerate(Cordon) ? Unschedulable : null;
}
