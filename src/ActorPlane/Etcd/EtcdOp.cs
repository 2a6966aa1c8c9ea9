namespace ActorPlane.Etcd;

/// <summary>
/// One operation on keys: the body of a command, or one step of a transaction. Each has its result in
/// <see cref="EtcdResult"/> under the same name. Fields mean what they mean in etcd's <c>rpc.proto</c>.
/// </summary>
public abstract record EtcdOp
{
    private EtcdOp()
    {
    }

    /// <summary>Sets a key.</summary>
    /// <param name="Key">Must not be empty: <see cref="EtcdError.EmptyKey"/>.</param>
    /// <param name="Value">At most <c>actorplane.etcd.max-request-bytes</c>: <see cref="EtcdError.RequestTooLarge"/>.</param>
    /// <param name="LeaseId">The lease to attach to, 0 for none; an unknown one: <see cref="EtcdError.LeaseNotFound"/>.</param>
    /// <param name="PrevKv">Return the key as it was.</param>
    /// <param name="IgnoreValue">Keep the present value; the key must exist: <see cref="EtcdError.KeyNotFound"/>.</param>
    /// <param name="IgnoreLease">Keep the present lease; the key must exist: <see cref="EtcdError.KeyNotFound"/>.</param>
    public sealed record Put(
        EtcdKey Key, EtcdValue Value, long LeaseId = 0, bool PrevKv = false, bool IgnoreValue = false, bool IgnoreLease = false) : EtcdOp
    {
        public override string ToString() => $"put {Key}";
    }

    /// <summary>Deletes every key of the range; none is no error and takes no revision.</summary>
    /// <param name="Keys">The keys.</param>
    /// <param name="PrevKv">Return the keys as they were.</param>
    public sealed record DeleteRange(EtcdKeyRange Keys, bool PrevKv = false) : EtcdOp
    {
        public override string ToString() => $"delete {Keys}";
    }

    /// <summary>Reads keys.</summary>
    /// <param name="Keys">The keys.</param>
    /// <param name="Revision">
    /// The revision to read at; 0 or less: the newest. <see cref="EtcdError.Compacted"/> below the compacted revision,
    /// <see cref="EtcdError.FutureRevision"/> above the newest.
    /// </param>
    /// <param name="Limit">At most so many keys; 0: all.</param>
    /// <param name="SortBy">What to sort by, if <paramref name="SortOrder"/> says so.</param>
    /// <param name="SortOrder">None: by key, ascending.</param>
    /// <param name="KeysOnly">Leave the values out.</param>
    /// <param name="CountOnly">Return the count alone.</param>
    /// <param name="MinModRevision">Leave out what was last changed before; 0: no bound. The count still counts it.</param>
    /// <param name="MaxModRevision">Leave out what was last changed after; 0: no bound.</param>
    /// <param name="MinCreateRevision">Leave out what was created before; 0: no bound.</param>
    /// <param name="MaxCreateRevision">Leave out what was created after; 0: no bound.</param>
    public sealed record Range(
        EtcdKeyRange Keys, long Revision = 0, long Limit = 0,
        EtcdSortTarget SortBy = EtcdSortTarget.Key, EtcdSortOrder SortOrder = EtcdSortOrder.None,
        bool KeysOnly = false, bool CountOnly = false,
        long MinModRevision = 0, long MaxModRevision = 0, long MinCreateRevision = 0, long MaxCreateRevision = 0) : EtcdOp
    {
        public override string ToString() => Revision > 0 ? $"get {Keys} at revision {Revision}" : $"get {Keys}";
    }

    /// <summary>
    /// All or nothing, in one revision: if every comparison holds, the operations of <paramref name="Then"/> are
    /// performed in order, otherwise those of <paramref name="Else"/>. Later operations see what earlier ones did. No key
    /// may be put twice: <see cref="EtcdError.DuplicateKey"/>; each list holds at most
    /// <c>actorplane.etcd.max-txn-ops</c>: <see cref="EtcdError.TooManyOps"/>.
    /// </summary>
    /// <param name="Compares">The conditions; none at all hold.</param>
    /// <param name="Then">Performed if they hold.</param>
    /// <param name="Else">Performed if they do not.</param>
    public sealed record Txn(
        IReadOnlyList<EtcdCompare> Compares, IReadOnlyList<EtcdOp> Then, IReadOnlyList<EtcdOp> Else) : EtcdOp
    {
        /// <summary>
        /// Kubernetes' guarded update: put if the key was last changed at this revision (0: if it does not exist),
        /// otherwise read it, so that the loser sees what it lost to.
        /// </summary>
        public static Txn PutIfUnchanged(EtcdKey key, long modRevision, EtcdValue value, long leaseId = 0) =>
            new([EtcdCompare.ModRevisionIs(key, modRevision)], [new Put(key, value, leaseId)], [new Range(key)]);

        public override string ToString()
        {
            var then = Then.Count == 1 ? Then[0].ToString() : $"{Then.Count} operations";
            return Compares.Count == 0 ? $"txn {then}" : $"txn {then} if {Compares.Count} hold";
        }
    }
}
