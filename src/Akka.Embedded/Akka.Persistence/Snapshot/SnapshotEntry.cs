namespace Akka.Persistence.Snapshot;

/// <summary>A snapshot as the store in memory keeps it.</summary>
public class SnapshotEntry
{
    public string Id { get; set; } = string.Empty;
    public string PersistenceId { get; set; } = string.Empty;
    public long SequenceNr { get; set; }

    /// <summary>Ticks (100 ns), UTC.</summary>
    public long Timestamp { get; set; }
    public object Snapshot { get; set; }
}
