using System.Collections.Immutable;

namespace ActorPlane.Etcd;

/// <summary>
/// Which branches a request takes, and whether everything on them can be done, found out before anything is changed
/// (<c>etcdserver/apply.go</c>: compareToPath and checkRequests).
/// </summary>
internal readonly struct TxnPlan
{
    private readonly EtcdTree.Editor _tree;
    private readonly EtcdOp.Txn? _outer;
    private readonly bool _outerSucceeds;
    private readonly Dictionary<EtcdOp.Txn, bool>? _inner;

    public TxnPlan(
        EtcdOp op, EtcdTree.Editor tree, long revision, long compactRevision, ImmutableSortedDictionary<long, EtcdLease> leases)
    {
        _tree = tree;
        _outer = op as EtcdOp.Txn;
        Error = Visit(op, revision, compactRevision, leases, ref ReadsPast, ref _outerSucceeds, ref _inner);
    }

    /// <summary>Why the request is refused; null if it is not.</summary>
    public readonly EtcdError? Error;

    /// <summary>True if something on the way is read at a given revision.</summary>
    public readonly bool ReadsPast;

    /// <summary>Whether the conditions hold; those of inner transactions, too, as of the beginning of the outermost.</summary>
    public bool Succeeds(EtcdOp.Txn txn) => ReferenceEquals(txn, _outer) ? _outerSucceeds : _inner![txn];

    private EtcdError? Visit(
        EtcdOp op, long revision, long compactRevision, ImmutableSortedDictionary<long, EtcdLease> leases, ref bool readsPast,
        ref bool outerSucceeds, ref Dictionary<EtcdOp.Txn, bool>? innerSucceed)
    {
        switch (op)
        {
            case EtcdOp.Put put:
                if (put.IgnoreValue || put.IgnoreLease)
                {
                    if (_tree.Find(put.Key) is null) return EtcdError.KeyNotFound;
                }
                return put.LeaseId != 0 && !leases.ContainsKey(put.LeaseId) ? EtcdError.LeaseNotFound : null;
            case EtcdOp.Range range when range.Revision > 0:
                readsPast = true;
                if (range.Revision > revision) return EtcdError.FutureRevision;
                return range.Revision < compactRevision ? EtcdError.Compacted : null;
            case EtcdOp.Txn txn:
                var succeeds = true;
                foreach (var compare in txn.Compares) succeeds = succeeds && Holds(compare);
                if (ReferenceEquals(txn, _outer)) outerSucceeds = succeeds;
                else (innerSucceed ??= new Dictionary<EtcdOp.Txn, bool>(ReferenceEqualityComparer.Instance))[txn] = succeeds;
                foreach (var inner in succeeds ? txn.Then : txn.Else)
                    if (Visit(inner, revision, compactRevision, leases, ref readsPast, ref outerSucceeds, ref innerSucceed) is { } error) return error;
                return null;
            default:
                return null;
        }
    }

    private bool Holds(EtcdCompare compare)
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
