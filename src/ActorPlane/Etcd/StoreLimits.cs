namespace ActorPlane.Etcd;

/// <summary>Bounds on single requests.</summary>
/// <param name="MaxRequestBytes">Largest put or transaction, counted as keys plus values of known length.</param>
/// <param name="MaxTxnOps">Most comparisons, and operations of one branch, of a transaction.</param>
/// <param name="MinLeaseTtlSeconds">Shortest lease granted.</param>
/// <param name="CheckpointChanges">After so many changes a moment is kept from which later revisions are read.</param>
public sealed record StoreLimits(long MaxRequestBytes, int MaxTxnOps, long MinLeaseTtlSeconds, int CheckpointChanges)
{
    /// <summary>Longest lease there is, in seconds (<c>lease/lessor.go</c>, MaxLeaseTTL).</summary>
    public const long MaxLeaseTtlSeconds = 9_000_000_000;
}
