namespace ActorPlane.Scheduler.Framework;

/// <summary>
/// Why a pod does not fit on a node, in Kubernetes' words. Thousands of nodes reject for one reason: plugins hand out
/// the same instance each time.
/// </summary>
/// <param name="helpedBy">Which changes of the cluster can lift it.</param>
/// <param name="reasons">One or more; each is counted on its own in the pod's message.</param>
public sealed class Rejection(ClusterEvents helpedBy, params string[] reasons)
{
    /// <summary>Which changes of the cluster can lift it.</summary>
    public ClusterEvents HelpedBy { get; } = helpedBy;

    /// <summary>One or more, such as <c>Insufficient cpu</c>.</summary>
    public IReadOnlyList<string> Reasons { get; } = reasons;
}
