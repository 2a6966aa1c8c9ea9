using Akka.Persistence;

namespace ActorPlane.Simulation;

/// <summary>
/// The disk under a simulated system's journal and snapshots. It outlives the system, so that another one can be started
/// on it, and it fails when told to. Not thread-safe: only the simulation's pump uses it.
/// </summary>
public sealed class SimulatedDisk
{
    private readonly SortedDictionary<string, EventLog> _logs = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, List<SelectedSnapshot>> _snapshots = new(StringComparer.Ordinal);

    /// <summary>Virtual time that each write takes.</summary>
    public TimeSpan WriteLatency { get; set; }

    /// <summary>While true every write fails, and nothing of it is stored.</summary>
    public bool IsFull { get; set; }

    /// <summary>So many writes from now on fail although they were stored: the answer was lost on the way.</summary>
    public int FailAfterStoring { get; set; }

    /// <summary>So many writes from now on fail, and nothing of them is stored.</summary>
    public int FailBeforeStoring { get; set; }

    /// <summary>While true, a loaded snapshot is unreadable.</summary>
    public bool SnapshotsAreTorn { get; set; }

    /// <summary>Batches written so far, failed ones too.</summary>
    public long Writes { get; private set; }

    internal void Append(IReadOnlyList<AtomicWrite> batch)
    {
        Writes++;
        if (IsFull) throw new IOException("No space left on device (simulated).");
        if (FailBeforeStoring > 0)
        {
            FailBeforeStoring--;
            throw new IOException("Input/output error before the write (simulated).");
        }

        foreach (var write in batch)
        {
            var log = LogOf(write.PersistenceId);
            foreach (var item in (IEnumerable<IPersistentRepresentation>)write.Payload)
            {
                log.Events.Add(item);
                log.HighestSequenceNr = item.SequenceNr;
            }
        }

        if (FailAfterStoring > 0)
        {
            FailAfterStoring--;
            throw new IOException("Input/output error after the write (simulated).");
        }
    }

    internal long HighestSequenceNr(string persistenceId) => LogOf(persistenceId).HighestSequenceNr;

    internal IEnumerable<IPersistentRepresentation> Read(string persistenceId, long from, long to, long max)
    {
        foreach (var item in LogOf(persistenceId).Events)
        {
            if (item.SequenceNr < from) continue;
            if (item.SequenceNr > to || max-- <= 0) yield break;
            yield return item;
        }
    }

    internal void DeleteEvents(string persistenceId, long toSequenceNr)
    {
        var events = LogOf(persistenceId).Events;
        var count = events.FindIndex(item => item.SequenceNr > toSequenceNr);
        events.RemoveRange(0, count < 0 ? events.Count : count);
    }

    internal void SaveSnapshot(SnapshotMetadata metadata, object snapshot)
    {
        if (IsFull) throw new IOException("No space left on device (simulated).");
        var stored = SnapshotsOf(metadata.PersistenceId);
        stored.RemoveAll(other => other.Metadata.SequenceNr == metadata.SequenceNr);
        stored.Add(new SelectedSnapshot(metadata, snapshot));
    }

    internal SelectedSnapshot? LoadSnapshot(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        if (SnapshotsAreTorn) throw new IOException("The snapshot is unreadable (simulated).");
        return SnapshotsOf(persistenceId).Where(s => Matches(criteria, s.Metadata)).MaxBy(s => s.Metadata.SequenceNr);
    }

    internal void DeleteSnapshots(string persistenceId, Func<SnapshotMetadata, bool> picks) =>
        SnapshotsOf(persistenceId).RemoveAll(s => picks(s.Metadata));

    internal static bool Matches(SnapshotSelectionCriteria criteria, SnapshotMetadata metadata) =>
        metadata.SequenceNr <= criteria.MaxSequenceNr && metadata.SequenceNr >= criteria.MinSequenceNr
        && metadata.Timestamp <= criteria.MaxTimeStamp && (criteria.MinTimestamp is not { } min || metadata.Timestamp >= min);

    private EventLog LogOf(string persistenceId)
    {
        if (!_logs.TryGetValue(persistenceId, out var log)) _logs[persistenceId] = log = new EventLog();
        return log;
    }

    private List<SelectedSnapshot> SnapshotsOf(string persistenceId)
    {
        if (!_snapshots.TryGetValue(persistenceId, out var stored)) _snapshots[persistenceId] = stored = [];
        return stored;
    }

    private sealed class EventLog
    {
        // What was deleted stays counted: sequence numbers are never given twice.
        public long HighestSequenceNr { get; set; }

        public List<IPersistentRepresentation> Events { get; } = [];
    }
}
