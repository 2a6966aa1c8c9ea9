namespace ActorPlane.Etcd;

/// <summary>What an <see cref="EtcdOp"/> of the same name led to.</summary>
public abstract record EtcdResult
{
    private EtcdResult()
    {
    }

    /// <param name="Previous">The key as it was, if asked for and there was one.</param>
    public sealed record Put(EtcdKeyValue? Previous) : EtcdResult;

    /// <param name="Deleted">How many keys were deleted.</param>
    /// <param name="Previous">The keys as they were, in order, if asked for.</param>
    public sealed record DeleteRange(long Deleted, IReadOnlyList<EtcdKeyValue> Previous) : EtcdResult;

    /// <param name="KeyValues">What was found, sorted, at most as many as the limit.</param>
    /// <param name="More">True if the limit cut some off.</param>
    /// <param name="Count">How many keys the range holds at that revision, whatever the limit.</param>
    public sealed record Range(IReadOnlyList<EtcdKeyValue> KeyValues, bool More, long Count) : EtcdResult;

    /// <param name="Succeeded">True if the comparisons held.</param>
    /// <param name="Results">One for each operation of the branch taken.</param>
    public sealed record Txn(bool Succeeded, IReadOnlyList<EtcdResult> Results) : EtcdResult;
}
