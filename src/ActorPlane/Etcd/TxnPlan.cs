using System.Collections.Immutable;

namespace ActorPlane.Etcd;

/// <summary>
/// Which branches a request takes, and whether everything on them can be done, found out before anything is changed
/// (<c>etcdserver/apply.go</c>: compareToPath, then checkRequests for the puts and again for the ranges).
/// </summary>
internal ref struct TxnPlan
{
    private readonly EtcdTree.Editor _tree;
    private readonly long _revision;
    private readonly long _compactRevision;
    private readonly ImmutableSortedDictionary<long, EtcdLease> _leases;
    private readonly EtcdOp.Txn? _outer;
    private bool _outerSucceeds;
    private Dictionary<EtcdOp.Txn, bool>? _innerSucceed;
    private List<EtcdKeyRange>? _endlessDeletes;

    public TxnPlan(
        EtcdOp op, EtcdTree.Editor tree, long revision, long compactRevision, ImmutableSortedDictionary<long, EtcdLease> leases)
    {
        _tree = tree;
        _revision = revision;
        _compactRevision = compactRevision;
        _leases = leases;
        _outer = op as EtcdOp.Txn;
        if (_outer is not null) TakeBranches(_outer);
        Error = CheckPuts(op) ?? CheckRanges(op);
    }

    /// <summary>Why the request is refused; null if it is not.</summary>
    public EtcdError? Error { get; }

    /// <summary>True if something on the way is read at a given revision.</summary>
    public bool ReadsPast { get; private set; }

    /// <summary>Whether the conditions hold; those of inner transactions, too, as of the beginning of the outermost.</summary>
    public readonly bool Succeeds(EtcdOp.Txn txn) => ReferenceEquals(txn, _outer) ? _outerSucceeds : _innerSucceed![txn];

    private void TakeBranches(EtcdOp.Txn txn)
    {
        var succeeds = true;
        for (var i = 0; i < txn.Compares.Count; i++) succeeds = succeeds && Holds(txn.Compares[i]);
        if (ReferenceEquals(txn, _outer)) _outerSucceeds = succeeds;
        else (_innerSucceed ??= new Dictionary<EtcdOp.Txn, bool>(ReferenceEqualityComparer.Instance))[txn] = succeeds;
        var ops = succeeds ? txn.Then : txn.Else;
        for (var i = 0; i < ops.Count; i++)
            if (ops[i] is EtcdOp.Txn inner) TakeBranches(inner);
    }

    private EtcdError? CheckPuts(EtcdOp op)
    {
        switch (op)
        {
            case EtcdOp.Put put:
                var keyIsMissing = (put.IgnoreValue || put.IgnoreLease) && IsMissing(put.Key);
                var leaseIsMissing = put.LeaseId != 0 && !_leases.ContainsKey(put.LeaseId);
                // A put by itself looks for its lease first, one in a transaction for its key.
                if (leaseIsMissing && (!keyIsMissing || _outer is null)) return EtcdError.LeaseNotFound;
                return keyIsMissing ? EtcdError.KeyNotFound : null;
            case EtcdOp.DeleteRange { Keys.IsUnbounded: true } delete when _outer is not null:
                (_endlessDeletes ??= []).Add(delete.Keys);
                return null;
            case EtcdOp.Txn txn:
                var ops = Succeeds(txn) ? txn.Then : txn.Else;
                for (var i = 0; i < ops.Count; i++)
                    if (CheckPuts(ops[i]) is { } error) return error;
                return null;
            default:
                return null;
        }
    }

    /// <summary>
    /// True if there is no such key by the time of the put. Only a deletion without end can stand before it in the same
    /// transaction (see <see cref="RequestCheck"/>); etcd 3.4 overlooks that, and stops with a panic when it gets there.
    /// </summary>
    private readonly bool IsMissing(EtcdKey key)
    {
        if (_tree.Find(key) is null) return true;
        if (_endlessDeletes is null) return false;
        foreach (var range in _endlessDeletes)
            if (range.Contains(key)) return true;
        return false;
    }

    private EtcdError? CheckRanges(EtcdOp op)
    {
        switch (op)
        {
            case EtcdOp.Range range when range.Revision > 0:
                ReadsPast = true;
                if (range.Revision > _revision) return EtcdError.FutureRevision;
                return range.Revision < _compactRevision ? EtcdError.Compacted : null;
            case EtcdOp.Txn txn:
                var ops = Succeeds(txn) ? txn.Then : txn.Else;
                for (var i = 0; i < ops.Count; i++)
                    if (CheckRanges(ops[i]) is { } error) return error;
                return null;
            default:
                return null;
        }
    }

    private readonly bool Holds(EtcdCompare compare)
    {
        if (compare.Keys.IsSingle) return Holds(compare, _tree.Find(compare.Keys.Start));
        var found = new List<EtcdKeyValue>();
        _tree.View().CopyTo(found, compare.Keys);
        if (found.Count == 0) return Holds(compare, null);
        foreach (var keyValue in found)
            if (!Holds(compare, keyValue)) return false;
        return true;
    }

    private static bool Holds(EtcdCompare compare, EtcdKeyValue? keyValue)
    {
        // A value that is not there is neither equal nor unequal to anything.
        if (compare.Target == EtcdCompareTarget.Value && keyValue is null) return false;
        var order = compare.Target switch
        {
            EtcdCompareTarget.Version => (keyValue?.Version ?? 0).CompareTo(compare.Number),
            EtcdCompareTarget.CreateRevision => (keyValue?.CreateRevision ?? 0).CompareTo(compare.Number),
            EtcdCompareTarget.ModRevision => (keyValue?.ModRevision ?? 0).CompareTo(compare.Number),
            EtcdCompareTarget.Lease => (keyValue?.LeaseId ?? 0).CompareTo(compare.Number),
            EtcdCompareTarget.Value => keyValue!.Value.CompareTo(compare.Value),
            _ => throw new ArgumentOutOfRangeException(nameof(compare), compare.Target, "unknown target"),
        };
        return compare.Result switch
        {
            EtcdCompareResult.Equal => order == 0,
            EtcdCompareResult.NotEqual => order != 0,
            EtcdCompareResult.Greater => order > 0,
            EtcdCompareResult.Less => order < 0,
            _ => throw new ArgumentOutOfRangeException(nameof(compare), compare.Result, "unknown comparison"),
        };
    }
}
