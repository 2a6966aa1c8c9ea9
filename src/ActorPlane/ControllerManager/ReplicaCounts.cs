namespace ActorPlane.ControllerManager;

/// <summary>Counts of replicas together.</summary>
internal static class ReplicaCounts
{
    /// <summary>The sum, which wraps as Go's int32 does: the counts of several owners may be two billion each.</summary>
    public static int Total(this IEnumerable<int> counts) => counts.Aggregate(0, static (sum, count) => unchecked(sum + count));
}
