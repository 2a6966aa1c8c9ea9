namespace ActorPlane.Etcd;

/// <summary>Bounds on single requests.</summary>
/// <param name="MaxRequestBytes">Largest put or transaction, counted as keys plus values of known length.</param>
/// <param name="MaxTxnOps">Most comparisons, and operations of one branch, of a transaction.</param>
/// <param name="MinLeaseTtlSeconds">Shortest lease granted.</param>
/// <param name="CheckpointChanges">After so many changes, at least, a moment is kept from which revisions near it are read.</param>
public sealed record StoreLimits(long MaxRequestBytes, int MaxTxnOps, long MinLeaseTtlSeconds, int CheckpointChanges)
{
    /// <summary>Longest lease there is, in seconds (<c>lease/lessor.go</c>, MaxLeaseTTL).</summary>
    public const long MaxLeaseTtlSeconds = 9_000_000_000;

    /// <summary>
    /// True if a moment is to be kept: after <see cref="CheckpointChanges"/> changes, and a fourth of the keys, since
    /// many changes all over a large store copy all of its leaves.
    /// </summary>
    public bool IsCheckpointDue(int changes, int keys) => changes >= CheckpointChanges && changes >= keys / 4;
}
