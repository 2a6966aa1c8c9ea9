using ActorPlane.Api.Core.V1;
using ActorPlane.ControllerManager;
using ActorPlane.ControllerManager.Nodes;

namespace ActorPlane.ApiServer;

/// <summary>
/// The plugin TaintNodesByCondition: until a new node says that it is ready, nothing is placed on it
/// (<c>plugin/pkg/admission/nodetaint</c>). A node that comes ready is left alone, since the taint would go at once.
/// </summary>
internal static class NodeTaintAdmission
{
    private static readonly Taint NotReady = new() { Key = NodeTaints.NotReady, Effect = "NoSchedule" };

    /// <summary>A new node as it is stored.</summary>
    public static Node Admit(Node node, WriteContext context)
    {
        if (!context.Plugins.TaintNodesByCondition || NodeConditions.IsReady(node) || node.Spec.Taints.FindIndex(IsSame) >= 0) return node;
        return node with { Spec = node.Spec with { Taints = node.Spec.Taints.Add(NotReady) } };
    }

    private static bool IsSame(Taint taint) => taint.Key == NotReady.Key && taint.Effect == NotReady.Effect;
}
