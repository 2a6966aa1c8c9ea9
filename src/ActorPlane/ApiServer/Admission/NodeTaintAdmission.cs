using ActorPlane.Api.Core.V1;

namespace ActorPlane.ApiServer;

/// <summary>
/// The plugin TaintNodesByCondition: until a new node says that it is ready, nothing is placed on it
/// (<c>plugin/pkg/admission/nodetaint</c>). A node that comes ready is left alone, since the taint would go at once.
/// </summary>
internal static class NodeTaintAdmission
{
    private static readonly Taint NotReady = new() { Key = "node.kubernetes.io/not-ready", Effect = "NoSchedule" };

    /// <summary>A new node as it is stored.</summary>
    public static Node Admit(Node node, WriteContext context)
    {
        if (!context.Plugins.TaintNodesByCondition || IsReady(node) || node.Spec.Taints.FindIndex(IsSame) >= 0) return node;
        return node with { Spec = node.Spec with { Taints = node.Spec.Taints.Add(NotReady) } };
    }

    private static bool IsReady(Node node) => node.Status.Conditions.FindIndex(static condition => condition is { Type: "Ready", Status: "True" }) >= 0;

    private static bool IsSame(Taint taint) => taint.Key == NotReady.Key && taint.Effect == NotReady.Effect;
}
