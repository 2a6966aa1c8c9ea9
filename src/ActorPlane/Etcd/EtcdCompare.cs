namespace ActorPlane.Etcd;

/// <summary>What of a key a transaction compares. The numbers are those of etcd's wire (<c>rpc.proto</c>, Compare.CompareTarget).</summary>
public enum EtcdCompareTarget
{
    Version = 0,
    CreateRevision = 1,
    ModRevision = 2,
    Value = 3,
    Lease = 4,
}

/// <summary>How it is compared. The numbers are those of etcd's wire (<c>rpc.proto</c>, Compare.CompareResult).</summary>
public enum EtcdCompareResult
{
    Equal = 0,
    Greater = 1,
    Less = 2,
    NotEqual = 3,
}

/// <summary>
/// One condition of a transaction: the target of every key in the range compares so with the operand. A key that does
/// not exist has version, revisions and lease 0; a comparison of its value never holds. A range without any key is
/// compared as one key that does not exist.
/// </summary>
/// <param name="Keys">The keys compared.</param>
/// <param name="Target">What of them.</param>
/// <param name="Result">How.</param>
/// <param name="Number">The operand, unless the target is the value.</param>
/// <param name="Value">The operand if the target is the value.</param>
public sealed record EtcdCompare(
    EtcdKeyRange Keys, EtcdCompareTarget Target, EtcdCompareResult Result, long Number = 0, EtcdValue Value = default)
{
    /// <summary>The key was last changed at this revision; 0: the key does not exist.</summary>
    public static EtcdCompare ModRevisionIs(EtcdKey key, long revision) =>
        new(key, EtcdCompareTarget.ModRevision, EtcdCompareResult.Equal, revision);

    /// <summary>The key does not exist.</summary>
    public static EtcdCompare IsAbsent(EtcdKey key) => ModRevisionIs(key, 0);
}
