namespace Akka.Persistence;

/// <summary>A recovering persistent actor's own timer: it detects a snapshot store or a journal that does not answer.</summary>
public sealed class RecoveryTick(bool snapshot)
{
    /// <summary>Whether the snapshot is waited for (else: events).</summary>
    public bool Snapshot { get; } = snapshot;
}
