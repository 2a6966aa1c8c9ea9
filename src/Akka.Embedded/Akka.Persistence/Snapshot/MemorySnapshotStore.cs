namespace Akka.Persistence.Snapshot;

/// <summary>A snapshot store that forgets everything when it stops.</summary>
public class MemorySnapshotStore : SnapshotStore
{
    protected virtual List<SnapshotEntry> Snapshots { get; } = [];

    protected override Task DeleteAsync(SnapshotMetadata metadata)
    {
        var index = Snapshots.FindIndex(s =>
            s.PersistenceId == metadata.PersistenceId
            && (metadata.SequenceNr <= 0 || metadata.SequenceNr == long.MaxValue || s.SequenceNr == metadata.SequenceNr)
            && (metadata.Timestamp == DateTime.MinValue || metadata.Timestamp == DateTime.MaxValue || s.Timestamp == metadata.Timestamp.Ticks));
        if (index >= 0)
        {
            Snapshots.RemoveAt(index);
        }

        return Task.CompletedTask;
    }

    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        Snapshots.RemoveAll(s => s.PersistenceId == persistenceId && criteria.Matches(s.SequenceNr, s.Timestamp));
        return Task.CompletedTask;
    }

    protected override Task<SelectedSnapshot> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        SnapshotEntry? best = null;
        foreach (var s in Snapshots)
        {
            if (s.PersistenceId == persistenceId
                && criteria.Matches(s.SequenceNr, s.Timestamp)
                && (best is null || (s.SequenceNr, s.Timestamp).CompareTo((best.SequenceNr, best.Timestamp)) >= 0))
            {
                best = s;
            }
        }

        return Task.FromResult(best is null
            ? null!
            : new SelectedSnapshot(new SnapshotMetadata(best.PersistenceId, best.SequenceNr, new DateTime(best.Timestamp, DateTimeKind.Utc)), best.Snapshot!));
    }

    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot)
    {
        var id = $"{metadata.PersistenceId}_{metadata.SequenceNr}";
        var entry = Snapshots.Find(s => s.Id == id);
        if (entry is null)
        {
            entry = new SnapshotEntry { Id = id, PersistenceId = metadata.PersistenceId, SequenceNr = metadata.SequenceNr };
            Snapshots.Add(entry);
        }

        entry.Timestamp = metadata.Timestamp.Ticks;
        entry.Snapshot = snapshot;
        return Task.CompletedTask;
    }
}
