using ActorPlane.Etcd;

namespace ActorPlane.Tests.Etcd;

/// <summary>
/// What etcd is, as plainly as it can be said: a full copy of all keys at each revision, and a list of all changes.
/// Slow and obviously right; the store is held against it.
/// </summary>
internal sealed class EtcdModel
{
    private readonly List<SortedDictionary<string, EtcdKeyValue>> _atRevision = [[], []];
    private SortedDictionary<string, EtcdKeyValue> _keys = new(StringComparer.Ordinal);
    private List<EtcdWatchEvent> _changes = [];

    public long Revision => _atRevision.Count - 1;

    public long CompactRevision { get; private set; }

    public SortedDictionary<long, long> Leases { get; } = [];

    public List<EtcdWatchEvent> Events { get; } = [];

    public string Execute(EtcdOp op)
    {
        if (CheckForm(op) is { } malformed) return malformed.Message;
        if (Check(op) is { } error) return error.Message;
        _keys = new SortedDictionary<string, EtcdKeyValue>(_keys, StringComparer.Ordinal);
        _changes = [];
        var result = Perform(op, Branches(op));
        EndRevision();
        return result;
    }

    public string Grant(long leaseId, long ttlSeconds)
    {
        if (Leases.ContainsKey(leaseId)) return EtcdError.LeaseExists.Message;
        Leases.Add(leaseId, ttlSeconds);
        return "nothing";
    }

    public string EndLease(long leaseId)
    {
        if (!Leases.Remove(leaseId)) return EtcdError.LeaseNotFound.Message;
        _keys = new SortedDictionary<string, EtcdKeyValue>(_keys, StringComparer.Ordinal);
        _changes = [];
        foreach (var keyValue in _keys.Values.Where(keyValue => keyValue.LeaseId == leaseId).ToList()) Delete(keyValue);
        EndRevision();
        return "nothing";
    }

    public string Compact(long revision)
    {
        if (revision <= CompactRevision) return EtcdError.Compacted.Message;
        if (revision > Revision) return EtcdError.FutureRevision.Message;
        CompactRevision = revision;
        return "nothing";
    }

    public IEnumerable<EtcdKeyValue> KeysOf(long leaseId) => _keys.Values.Where(keyValue => keyValue.LeaseId == leaseId);

    /// <summary>What a watch is told from one revision to another, both included.</summary>
    public IEnumerable<string> Told(EtcdProtocol.Watch watch, long first, long last, long compactRevision) =>
        from change in Events
        where change.Revision >= first && change.Revision <= last && watch.Keys.Contains(change.Key)
        where change.IsDelete ? !watch.NoDelete : !watch.NoPut
        select EtcdText.Of(watch.PrevKv && change.Revision > compactRevision ? change : change with { Previous = null });

    private void EndRevision()
    {
        if (_changes.Count == 0) return;
        _atRevision.Add(_keys);
        Events.AddRange(_changes);
    }

    private static EtcdError? CheckForm(EtcdOp op)
    {
        switch (op)
        {
            case EtcdOp.Put put when put.Key.IsEmpty:
                return EtcdError.EmptyKey;
            case EtcdOp.Put { IgnoreValue: true } put when put.Value.ToBytes().Length > 0:
                return EtcdError.ValueProvided;
            case EtcdOp.Put { IgnoreLease: true, LeaseId: not 0 }:
                return EtcdError.LeaseProvided;
            case EtcdOp.Txn txn:
                foreach (var inner in txn.Then.Concat(txn.Else))
                    if (CheckForm(inner) is { } error) return error;
                return Collides(txn.Then) || Collides(txn.Else) ? EtcdError.DuplicateKey : null;
            default:
                return null;
        }
    }

    /// <summary>True if a key is put twice, or put and deleted: by two steps of the same branch, inner branches taken either way.</summary>
    private static bool Collides(IReadOnlyList<EtcdOp> ops)
    {
        for (var i = 0; i < ops.Count; i++)
        {
            if (ops[i] is EtcdOp.Txn txn && (Collides(txn.Then) || Collides(txn.Else))) return true;
            for (var j = 0; j < ops.Count; j++)
            {
                if (i == j) continue;
                foreach (var put in Flatten(ops[i]).OfType<EtcdOp.Put>())
                {
                    foreach (var other in Flatten(ops[j]))
                    {
                        if (other is EtcdOp.Put otherPut && otherPut.Key == put.Key) return true;
                        // etcd does not look at an inner put that comes before an inner delete, nor at deletes without end.
                        var seen = ops[j] is not EtcdOp.Txn || ops[i] is not EtcdOp.Txn || j < i;
                        if (seen && other is EtcdOp.DeleteRange { Keys.IsUnbounded: false } delete && delete.Keys.Contains(put.Key)) return true;
                    }
                }
            }
        }
        return false;
    }

    private static IEnumerable<EtcdOp> Flatten(EtcdOp op) =>
        op is EtcdOp.Txn txn ? txn.Then.Concat(txn.Else).SelectMany(Flatten) : [op];

    /// <summary>All that is done, in order, taken apart from transactions: first every put is checked, then every read.</summary>
    private EtcdError? Check(EtcdOp op)
    {
        var steps = Taken(op).ToList();
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i] is not EtcdOp.Put put) continue;
            var deletedBefore = steps.Take(i).OfType<EtcdOp.DeleteRange>().Any(delete => delete.Keys.Contains(put.Key));
            var keyIsMissing = (put.IgnoreValue || put.IgnoreLease) && (deletedBefore || !_keys.ContainsKey(put.Key.ToString()));
            var leaseIsMissing = put.LeaseId != 0 && !Leases.ContainsKey(put.LeaseId);
            if (op is EtcdOp.Put && leaseIsMissing) return EtcdError.LeaseNotFound;
            if (keyIsMissing) return EtcdError.KeyNotFound;
            if (leaseIsMissing) return EtcdError.LeaseNotFound;
        }
        foreach (var range in steps.OfType<EtcdOp.Range>())
        {
            if (range.Revision > Revision) return EtcdError.FutureRevision;
            if (range.Revision > 0 && range.Revision < CompactRevision) return EtcdError.Compacted;
        }
        return null;
    }

    private IEnumerable<EtcdOp> Taken(EtcdOp op) =>
        op is EtcdOp.Txn txn ? (Holds(txn) ? txn.Then : txn.Else).SelectMany(Taken) : [op];

    private Dictionary<EtcdOp, bool> Branches(EtcdOp op)
    {
        var branches = new Dictionary<EtcdOp, bool>(ReferenceEqualityComparer.Instance);
        void Visit(EtcdOp at)
        {
            if (at is not EtcdOp.Txn txn) return;
            branches[txn] = Holds(txn);
            foreach (var inner in branches[txn] ? txn.Then : txn.Else) Visit(inner);
        }
        Visit(op);
        return branches;
    }

    private bool Holds(EtcdOp.Txn txn) => txn.Compares.All(compare =>
    {
        var found = _keys.Values.Where(keyValue => compare.Keys.Contains(keyValue.Key)).ToList();
        if (found.Count > 0) return found.All(keyValue => Holds(compare, keyValue));
        return compare.Target != EtcdCompareTarget.Value && Holds(compare, EtcdKeyValue.Tombstone("", 0));
    });

    private static bool Holds(EtcdCompare compare, EtcdKeyValue keyValue)
    {
        var order = compare.Target switch
        {
            EtcdCompareTarget.Version => keyValue.Version.CompareTo(compare.Number),
            EtcdCompareTarget.CreateRevision => keyValue.CreateRevision.CompareTo(compare.Number),
            EtcdCompareTarget.ModRevision => keyValue.ModRevision.CompareTo(compare.Number),
            EtcdCompareTarget.Lease => keyValue.LeaseId.CompareTo(compare.Number),
            _ => string.CompareOrdinal(keyValue.Value.ToString(), compare.Value.ToString()),
        };
        return compare.Result switch
        {
            EtcdCompareResult.Equal => order == 0,
            EtcdCompareResult.NotEqual => order != 0,
            EtcdCompareResult.Greater => order > 0,
            _ => order < 0,
        };
    }

    private string Perform(EtcdOp op, Dictionary<EtcdOp, bool> branches)
    {
        switch (op)
        {
            case EtcdOp.Put put:
                var key = put.Key.ToString();
                var previous = _keys.GetValueOrDefault(key);
                var next = new EtcdKeyValue(
                    put.Key, put.IgnoreValue ? previous!.Value : put.Value, previous?.CreateRevision ?? Revision + 1, Revision + 1,
                    (previous?.Version ?? 0) + 1, put.IgnoreLease ? previous!.LeaseId : put.LeaseId);
                _keys[key] = next;
                _changes.Add(new EtcdWatchEvent(next, next.Version == 1 ? null : _atRevision[(int)Revision].GetValueOrDefault(key), default));
                return $"put was {EtcdText.Of(put.PrevKv ? previous : null)}";
            case EtcdOp.DeleteRange delete:
                var deleted = _keys.Values.Where(keyValue => delete.Keys.Contains(keyValue.Key)).ToList();
                deleted.ForEach(Delete);
                return $"deleted {deleted.Count} [{(delete.PrevKv ? string.Join(", ", deleted.Select(EtcdText.Of)) : "")}]";
            case EtcdOp.Range range:
                return Read(range);
            case EtcdOp.Txn txn:
                var results = (branches[txn] ? txn.Then : txn.Else).Select(inner => Perform(inner, branches)).ToList();
                return $"txn {branches[txn]} {{{string.Join("; ", results)}}}";
            default:
                throw new ArgumentOutOfRangeException(nameof(op));
        }
    }

    private void Delete(EtcdKeyValue keyValue)
    {
        _keys.Remove(keyValue.Key.ToString());
        _changes.Add(new EtcdWatchEvent(
            EtcdKeyValue.Tombstone(keyValue.Key, Revision + 1), _atRevision[(int)Revision].GetValueOrDefault(keyValue.Key.ToString()), default));
    }

    private string Read(EtcdOp.Range range)
    {
        var keys = range.Revision > 0 ? _atRevision[(int)range.Revision] : _keys;
        var found = keys.Values.Where(keyValue => range.Keys.Contains(keyValue.Key)).ToList();
        if (range.CountOnly) return $"{found.Count} all []";
        var count = found.Count;
        found = found.Where(keyValue =>
            (range.MinModRevision <= 0 || keyValue.ModRevision >= range.MinModRevision)
            && (range.MaxModRevision <= 0 || keyValue.ModRevision <= range.MaxModRevision)
            && (range.MinCreateRevision <= 0 || keyValue.CreateRevision >= range.MinCreateRevision)
            && (range.MaxCreateRevision <= 0 || keyValue.CreateRevision <= range.MaxCreateRevision)).ToList();
        Func<EtcdKeyValue, IComparable> target = range.SortBy switch
        {
            EtcdSortTarget.Version => keyValue => keyValue.Version,
            EtcdSortTarget.CreateRevision => keyValue => keyValue.CreateRevision,
            EtcdSortTarget.ModRevision => keyValue => keyValue.ModRevision,
            EtcdSortTarget.Value => keyValue => Convert.ToHexString(keyValue.Value.ToBytes().Span),
            _ => keyValue => Convert.ToHexString(keyValue.Key.Span),
        };
        var byTarget = Comparer<IComparable>.Create((left, right) =>
            left is string text ? string.CompareOrdinal(text, (string)right) : left.CompareTo(right));
        found = range.SortOrder == EtcdSortOrder.Descending
            ? found.OrderByDescending(target, byTarget).ThenBy(keyValue => Convert.ToHexString(keyValue.Key.Span), StringComparer.Ordinal).ToList()
            : found.OrderBy(target, byTarget).ThenBy(keyValue => Convert.ToHexString(keyValue.Key.Span), StringComparer.Ordinal).ToList();
        var more = range.Limit > 0 && found.Count > range.Limit;
        if (more) found = found.Take((int)range.Limit).ToList();
        if (range.KeysOnly) found = found.Select(keyValue => keyValue.WithoutValue()).ToList();
        return $"{count} {(more ? "more" : "all")} [{string.Join(", ", found.Select(EtcdText.Of))}]";
    }
}
