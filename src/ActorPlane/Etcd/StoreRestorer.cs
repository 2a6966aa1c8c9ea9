using System.Collections.Immutable;

namespace ActorPlane.Etcd;

/// <summary>Builds a state from the keys at a checkpoint and the changes since.</summary>
internal sealed class StoreRestorer
{
    private readonly StoreLimits _limits;
    private readonly EtcdTree.Editor _tree;
    private readonly EtcdHistory.Editor _history = new(EtcdHistory.Empty);
    private readonly ImmutableList<StoreCheckpoint>.Builder _checkpoints = ImmutableList.CreateBuilder<StoreCheckpoint>();
    private readonly RevisionChanges _changes = new();
    private long _revision;
    private int _changesSinceCheckpoint;

    public StoreRestorer(long startRevision, EtcdTree start, StoreLimits limits)
    {
        _limits = limits;
        _tree = new EtcdTree.Editor(start);
        _revision = startRevision;
        _checkpoints.Add(new StoreCheckpoint(startRevision, start));
    }

    /// <summary>The next change, without what was there before.</summary>
    public void Add(EtcdWatchEvent change)
    {
        if (change.Revision != _revision && _limits.IsCheckpointDue(_changesSinceCheckpoint, _tree.Count))
        {
            _checkpoints.Add(new StoreCheckpoint(_revision, _tree.ToTree()));
            _changesSinceCheckpoint = 0;
        }
        if (change.Revision != _revision) _changes.Clear();
        _revision = change.Revision;
        _changesSinceCheckpoint++;
        var previous = change.IsDelete ? _tree.Remove(change.Key) : _tree.Set(change.KeyValue);
        _history.Append(change with { Previous = _changes.Add(change.KeyValue, previous) });
    }

    public StoreState ToState(
        long revision, long compactRevision, long grants, ImmutableSortedDictionary<long, EtcdLease>.Builder leases)
    {
        if (revision != _revision)
            throw new InvalidDataException($"a snapshot of revision {revision} ends at revision {_revision}");
        long dataBytes = 0;
        var tree = _tree.ToTree();
        foreach (var keyValue in tree.All())
        {
            dataBytes += keyValue.Key.Length + (keyValue.Value.KnownLength ?? 0);
            if (keyValue.LeaseId == 0) continue;
            if (!leases.TryGetValue(keyValue.LeaseId, out var lease))
                throw new InvalidDataException($"a snapshot has no lease {keyValue.LeaseId:x} of key {keyValue.Key}");
            leases[lease.Id] = lease with { Keys = lease.Keys.Add(keyValue.Key) };
        }
        return new StoreState(
            revision, compactRevision, tree, _history.ToHistory(), _checkpoints.ToImmutable(), leases.ToImmutable(), grants, dataBytes);
    }
}
