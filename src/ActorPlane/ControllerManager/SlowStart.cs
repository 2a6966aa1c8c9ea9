namespace ActorPlane.ControllerManager;

/// <summary>
/// The batches in which a controller creates many pods: 1, 2, 4, ..., each only when all of the one before succeeded.
/// When pods cannot be created at all (quota, admission), one attempt shows it instead of hundreds.
/// (<c>slowStartBatch</c> in <c>pkg/controller/replicaset/replica_set.go</c>; SlowStartInitialBatchSize = 1.)
/// </summary>
/// <param name="Remaining">Not yet ordered.</param>
/// <param name="BatchSize">Of the batch to order next; 0 when there is none.</param>
public readonly record struct SlowStart(int Remaining, int BatchSize)
{
    /// <summary>The first batch of <paramref name="count"/>.</summary>
    public static SlowStart Begin(int count, int initialBatchSize) => new(count, Math.Min(count, initialBatchSize));

    /// <summary>What follows when all of the current batch succeeded.</summary>
    public SlowStart Next()
    {
        var left = Remaining - BatchSize;
        return new SlowStart(left, Math.Min(2 * BatchSize, left));
    }
}
