using System.Collections.Immutable;
using ActorPlane.Tracing;

namespace ActorPlane.Etcd;

/// <summary>
/// The store's newest state, committed and in flight together: it decides commands against it, each on top of the one
/// before, and says what to store. <see cref="ToState"/> gives the state so far, which the caller publishes once the
/// events behind it are durable; after a failed write the writer is thrown away. Recovery uses <see cref="Apply"/>.
/// Not for more than one thread.
/// </summary>
public sealed class StoreWriter
{
    private readonly StoreLimits _limits;
    private readonly EtcdTree.Editor _tree;
    private readonly EtcdHistory.Editor _history;
    private readonly RevisionChanges _changes = new();
    private readonly List<EtcdKeyValue> _scratch = [];
    private ImmutableList<StoreCheckpoint> _checkpoints;
    private ImmutableSortedDictionary<long, EtcdLease> _leases;
    private long _compactRevision;
    private long _grants;
    private long _dataBytes;
    private int _changesSinceCheckpoint;
    private Cause _cause;

    public StoreWriter(StoreState start, StoreLimits limits)
    {
        _limits = limits;
        _tree = new EtcdTree.Editor(start.Tree);
        _history = new EtcdHistory.Editor(start.History);
        _checkpoints = start.Checkpoints;
        _leases = start.Leases;
        Revision = start.Revision;
        _compactRevision = start.CompactRevision;
        _grants = start.Grants;
        _dataBytes = start.DataBytes;
        _changesSinceCheckpoint =
            (int)(start.History.End - start.History.IndexOf(start.Checkpoints[^1].Revision + 1));
    }

    /// <summary>Revision of the newest change decided on.</summary>
    public long Revision { get; private set; }

    /// <summary>A lease that exists, by all that was decided on; otherwise null.</summary>
    public EtcdLease? FindLease(long leaseId) => _leases.GetValueOrDefault(leaseId);

    /// <summary>The oldest readable revision decided on.</summary>
    public long CompactRevision => _compactRevision;

    /// <summary>The state so far.</summary>
    public StoreState ToState() => new(
        Revision, _compactRevision, _tree.ToTree(), _history.ToHistory(), _checkpoints, _leases, _grants, _dataBytes);

    /// <summary>Decides an operation on keys, and performs it unless it is refused.</summary>
    public StoreDecision Execute(EtcdOp op, Cause cause)
    {
        if (RequestCheck.Check(op, _limits) is { } malformed) return StoreDecision.Refuse(malformed);
        var plan = new TxnPlan(op, _tree, Revision, _compactRevision, _leases);
        if (plan.Error is { } error) return StoreDecision.Refuse(error);
        // A past revision is read from the state before this transaction, which is taken only if one is read.
        var before = plan.ReadsPast ? ToState() : null;
        _cause = cause;
        _changes.Clear();
        var result = Perform(op, plan, before);
        if (_changes.Count == 0) return StoreDecision.Accept(null, result);
        var changed = new EtcdEvent.Changed(cause, Revision + 1, _changes.ToArray());
        EndRevision();
        return StoreDecision.Accept(changed, result);
    }

    /// <summary>Decides on a lease; the id 0 lets the store choose. <see cref="EtcdEvent.LeaseGranted"/> tells the id and the time granted.</summary>
    public StoreDecision GrantLease(long leaseId, long ttlSeconds, Cause cause)
    {
        if (ttlSeconds > StoreLimits.MaxLeaseTtlSeconds) return StoreDecision.Refuse(EtcdError.LeaseTtlTooLarge);
        if (leaseId != 0 && _leases.ContainsKey(leaseId)) return StoreDecision.Refuse(EtcdError.LeaseExists);
        for (var n = _grants + 1; leaseId == 0; n++)
        {
            var candidate = LeaseIdFor(n);
            if (!_leases.ContainsKey(candidate)) leaseId = candidate;
        }
        var granted = new EtcdEvent.LeaseGranted(cause, leaseId, Math.Max(ttlSeconds, _limits.MinLeaseTtlSeconds));
        Apply(granted);
        return StoreDecision.Accept(granted);
    }

    /// <summary>Decides on the end of a lease: its keys are deleted in one revision.</summary>
    public StoreDecision EndLease(long leaseId, Cause cause)
    {
        if (!_leases.TryGetValue(leaseId, out var lease)) return StoreDecision.Refuse(EtcdError.LeaseNotFound);
        _cause = cause;
        _changes.Clear();
        _leases = _leases.Remove(leaseId);
        foreach (var key in lease.Keys) Delete(key);
        var changes = _changes.ToArray();
        var ended = new EtcdEvent.LeaseEnded(cause, leaseId, changes.Length > 0 ? Revision + 1 : Revision, changes);
        if (changes.Length > 0) EndRevision();
        return StoreDecision.Accept(ended);
    }

    /// <summary>Decides on a compaction (<c>mvcc/kvstore.go</c>, checkPrevCompactionID and updateCompactRev).</summary>
    public StoreDecision Compact(long atRevision, Cause cause)
    {
        if (atRevision <= _compactRevision) return StoreDecision.Refuse(EtcdError.Compacted);
        if (atRevision > Revision) return StoreDecision.Refuse(EtcdError.FutureRevision);
        var compacted = new EtcdEvent.Compacted(cause, atRevision);
        Apply(compacted);
        return StoreDecision.Accept(compacted);
    }

    /// <summary>
    /// Lets go of the history that compactions made unreadable. Apart from <see cref="Compact"/>, so that the state of a
    /// batch still holds all that the batch changed, for the watchers to be told.
    /// </summary>
    public void TrimHistory()
    {
        // The compacted revision's own changes can still be watched: the checkpoint kept lies before them.
        var keep = 0;
        while (keep + 1 < _checkpoints.Count && _checkpoints[keep + 1].Revision < _compactRevision) keep++;
        if (keep == 0) return;
        _checkpoints = _checkpoints.RemoveRange(0, keep);
        _history.TrimTo(_history.ToHistory().IndexOf(_checkpoints[0].Revision + 1));
    }

    /// <summary>Performs what was decided before: recovery.</summary>
    /// <exception cref="InvalidDataException">The event does not follow from the state: the journal has a gap.</exception>
    public void Apply(EtcdEvent change)
    {
        switch (change)
        {
            case EtcdEvent.Changed changed:
                ApplyChanges(changed.Revision, changed.Changes, changed.Cause);
                break;
            case EtcdEvent.LeaseGranted granted:
                _leases = _leases.Add(granted.LeaseId, new EtcdLease(granted.LeaseId, granted.TtlSeconds));
                _grants++;
                break;
            case EtcdEvent.LeaseEnded ended:
                _leases = _leases.Remove(ended.LeaseId);
                if (ended.Changes.Count > 0) ApplyChanges(ended.Revision, ended.Changes, ended.Cause);
                break;
            case EtcdEvent.Compacted compacted:
                _compactRevision = compacted.AtRevision;
                break;
            default:
                throw new InvalidDataException($"unknown event {change.GetType().Name}");
        }
    }

    private EtcdResult Perform(EtcdOp op, scoped in TxnPlan plan, StoreState? before)
    {
        switch (op)
        {
            case EtcdOp.Put put:
                var previous = Put(put);
                return new EtcdResult.Put(put.PrevKv ? previous : null);
            case EtcdOp.DeleteRange delete:
                return DeleteRange(delete);
            case EtcdOp.Range range:
                var tree = range.Revision > 0 ? before!.TreeAt(range.Revision, range.Keys) : _tree.View();
                return RangeReader.Read(tree, range);
            case EtcdOp.Txn txn:
                var succeeded = plan.Succeeds(txn);
                var ops = succeeded ? txn.Then : txn.Else;
                var results = ops.Count == 0 ? [] : new EtcdResult[ops.Count];
                for (var i = 0; i < results.Length; i++) results[i] = Perform(ops[i], plan, before);
                return new EtcdResult.Txn(succeeded, results);
            default:
                throw new ArgumentOutOfRangeException(nameof(op), op, "unknown operation");
        }
    }

    private EtcdKeyValue? Put(EtcdOp.Put put)
    {
        var revision = Revision + 1;
        if (put.IgnoreValue || put.IgnoreLease)
        {
            var present = _tree.Find(put.Key)!;
            var kept = new EtcdKeyValue(
                present.Key, put.IgnoreValue ? present.Value : put.Value, present.CreateRevision, revision,
                present.Version + 1, put.IgnoreLease ? present.LeaseId : put.LeaseId);
            return Change(kept);
        }
        // One descent of the tree for the common put: the rest of the new key follows from what it replaces.
        var slot = _tree.Find(put.Key);
        return Change(slot is null
            ? new EtcdKeyValue(put.Key, put.Value, revision, revision, 1, put.LeaseId)
            : new EtcdKeyValue(slot.Key, put.Value, slot.CreateRevision, revision, slot.Version + 1, put.LeaseId));
    }

    private EtcdResult.DeleteRange DeleteRange(EtcdOp.DeleteRange delete)
    {
        _scratch.Clear();
        _tree.View().CopyTo(_scratch, delete.Keys);
        foreach (var keyValue in _scratch) Delete(keyValue.Key);
        return new EtcdResult.DeleteRange(_scratch.Count, delete.PrevKv ? _scratch.ToArray() : []);
    }

    private void Delete(EtcdKey key) => Change(EtcdKeyValue.Tombstone(key, Revision + 1));

    private void ApplyChanges(long revision, IReadOnlyList<EtcdKeyValue> changes, Cause cause)
    {
        if (revision != Revision + 1)
            throw new InvalidDataException($"an event of revision {revision} follows revision {Revision}: the journal has a gap");
        _cause = cause;
        for (var i = 0; i < changes.Count; i++) Change(changes[i]);
        EndRevision();
    }

    /// <summary>Puts one change of the next revision into the tree, the history and the leases.</summary>
    private EtcdKeyValue? Change(EtcdKeyValue keyValue)
    {
        var previous = keyValue.IsTombstone ? _tree.Remove(keyValue.Key) : _tree.Set(keyValue);
        if (previous is not null)
        {
            _dataBytes -= BytesOf(previous);
            if (previous.LeaseId != 0 && previous.LeaseId != keyValue.LeaseId) Detach(previous);
        }
        if (!keyValue.IsTombstone)
        {
            _dataBytes += BytesOf(keyValue);
            if (keyValue.LeaseId != 0 && keyValue.LeaseId != previous?.LeaseId) Attach(keyValue);
        }
        _history.Append(new EtcdWatchEvent(keyValue, _changes.Add(keyValue, previous), _cause));
        _changesSinceCheckpoint++;
        return previous;
    }

    private void EndRevision()
    {
        Revision++;
        _changes.Clear();
        if (!_limits.IsCheckpointDue(_changesSinceCheckpoint, _tree.Count)) return;
        _changesSinceCheckpoint = 0;
        _checkpoints = _checkpoints.Add(new StoreCheckpoint(Revision, _tree.ToTree()));
    }

    private void Attach(EtcdKeyValue keyValue)
    {
        var lease = _leases[keyValue.LeaseId];
        _leases = _leases.SetItem(lease.Id, lease with { Keys = lease.Keys.Add(keyValue.Key) });
    }

    private void Detach(EtcdKeyValue keyValue)
    {
        // The lease of a key that its lease's end deletes is gone already.
        if (!_leases.TryGetValue(keyValue.LeaseId, out var lease)) return;
        _leases = _leases.SetItem(lease.Id, lease with { Keys = lease.Keys.Remove(keyValue.Key) });
    }

    private static long BytesOf(EtcdKeyValue keyValue) => keyValue.Key.Length + (keyValue.Value.KnownLength ?? 0);

    /// <summary>A positive number that looks like etcd's random ids and is the same in every run (the mixing step of SplitMix64).</summary>
    private static long LeaseIdFor(long grant)
    {
        var z = (ulong)grant * 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        var id = (long)((z ^ (z >> 31)) & long.MaxValue);
        return id == 0 ? 1 : id;
    }
}
