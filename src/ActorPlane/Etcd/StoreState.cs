using System.Collections.Immutable;

namespace ActorPlane.Etcd;

/// <summary>
/// The store at one revision, with the history that it retains: immutable, readable from any thread, and cheap to keep
/// since states share everything that did not change between them. A <see cref="StoreWriter"/> makes the next one.
/// </summary>
public sealed class StoreState
{
    internal StoreState(
        long revision, long compactRevision, EtcdTree tree, EtcdHistory history, ImmutableList<StoreCheckpoint> checkpoints,
        ImmutableSortedDictionary<long, EtcdLease> leases, long grants, long dataBytes)
    {
        Revision = revision;
        CompactRevision = compactRevision;
        Tree = tree;
        History = history;
        Checkpoints = checkpoints;
        Leases = leases;
        Grants = grants;
        DataBytes = dataBytes;
    }

    /// <summary>A new store: revision 1, as in etcd, so that the first change is revision 2.</summary>
    public static StoreState Empty { get; } = new(
        1, 0, EtcdTree.Empty, EtcdHistory.Empty, [new StoreCheckpoint(1, EtcdTree.Empty)],
        ImmutableSortedDictionary<long, EtcdLease>.Empty, 0, 0);

    /// <summary>Revision of the newest change.</summary>
    public long Revision { get; }

    /// <summary>The oldest revision that can be read; 0: never compacted.</summary>
    public long CompactRevision { get; }

    /// <summary>All keys at <see cref="Revision"/>.</summary>
    public EtcdTree Tree { get; }

    /// <summary>All changes after the oldest checkpoint.</summary>
    public EtcdHistory History { get; }

    /// <summary>
    /// Moments from which other revisions are read, ascending. The first is below the compacted revision, or at the
    /// store's beginning.
    /// </summary>
    public ImmutableList<StoreCheckpoint> Checkpoints { get; }

    public ImmutableSortedDictionary<long, EtcdLease> Leases { get; }

    /// <summary>How many leases were ever granted: what the next chosen lease id is derived from.</summary>
    public long Grants { get; }

    /// <summary>Bytes of all keys, and of those values whose length is known without encoding.</summary>
    public long DataBytes { get; }

    /// <summary>Why this revision cannot be read, or null if it can. 0 and less mean the newest.</summary>
    public EtcdError? CheckReadable(long revision)
    {
        if (revision > Revision) return EtcdError.FutureRevision;
        return revision > 0 && revision < CompactRevision ? EtcdError.Compacted : null;
    }

    /// <summary>Reads keys at this state's revision or one that it retains: <see cref="EtcdResult.Range"/> or an error.</summary>
    public StoreDecision Range(EtcdOp.Range range)
    {
        if (CheckReadable(range.Revision) is { } error) return StoreDecision.Refuse(error);
        return StoreDecision.Accept(null, RangeReader.Read(TreeAt(range.Revision, range.Keys), range));
    }

    /// <summary>
    /// All keys of the range as they were at a readable revision (0 and less: the newest); keys outside of the range may
    /// be those of another revision. The cost grows with the changes between that revision and the nearest checkpoint.
    /// </summary>
    public EtcdTree TreeAt(long revision, EtcdKeyRange range)
    {
        if (revision <= 0 || revision == Revision) return Tree;
        var below = CheckpointAt(revision);
        var fromBelow = History.IndexOf(below.Revision + 1);
        var first = History.IndexOf(revision + 1);
        var editor = first - fromBelow <= History.End - first
            ? Redo(below.Tree, fromBelow, first, range)
            : Undo(first, range);
        return editor.View();
    }

    /// <summary>CRC-32C over every key, value, revision, version and lease at a readable revision (0: the newest), in key order.</summary>
    public uint Hash(long revision)
    {
        var hash = new KeySpaceHasher();
        foreach (var keyValue in TreeAt(revision, EtcdKeyRange.All).All()) hash.Add(keyValue);
        return hash.Value;
    }

    /// <summary>The newest checkpoint not above this revision.</summary>
    internal StoreCheckpoint CheckpointAt(long revision)
    {
        int low = 0, high = Checkpoints.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (Checkpoints[middle].Revision <= revision) low = middle;
            else high = middle - 1;
        }
        return Checkpoints[low];
    }

    private EtcdTree.Editor Redo(EtcdTree start, long from, long to, EtcdKeyRange range)
    {
        var editor = new EtcdTree.Editor(start);
        for (var i = from; i < to; i++)
        {
            var keyValue = History[i].KeyValue;
            if (!range.Contains(keyValue.Key)) continue;
            if (keyValue.IsTombstone) editor.Remove(keyValue.Key);
            else editor.Set(keyValue);
        }
        return editor;
    }

    private EtcdTree.Editor Undo(long downTo, EtcdKeyRange range)
    {
        var editor = new EtcdTree.Editor(Tree);
        for (var i = History.End - 1; i >= downTo; i--)
        {
            ref readonly var change = ref History[i];
            if (!range.Contains(change.Key)) continue;
            if (change.Previous is null) editor.Remove(change.Key);
            else editor.Set(change.Previous);
        }
        return editor;
    }
}
