using Akka.Persistence;
using Akka.Persistence.Snapshot;

namespace ActorPlane.Simulation;

/// <summary>The snapshot store of a simulation, on its <see cref="SimulatedDisk"/>.</summary>
public sealed class SimulatedDiskSnapshotStore : SnapshotStore
{
    private readonly SimulatedDisk _disk = SimulationSetup.Of(Context.System.Settings).Disk;

    /// <inheritdoc />
    protected override Task<SelectedSnapshot> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria) =>
        Answer(() => _disk.LoadSnapshot(persistenceId, criteria)!);

    /// <inheritdoc />
    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot) => Answer(() =>
    {
        _disk.SaveSnapshot(metadata, snapshot);
        return true;
    });

    /// <inheritdoc />
    protected override Task DeleteAsync(SnapshotMetadata metadata) => Answer(() =>
    {
        _disk.DeleteSnapshots(metadata.PersistenceId, other => other.SequenceNr == metadata.SequenceNr);
        return true;
    });

    /// <inheritdoc />
    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria) => Answer(() =>
    {
        _disk.DeleteSnapshots(persistenceId, other => SimulatedDisk.Matches(criteria, other));
        return true;
    });

    private static Task<T> Answer<T>(Func<T> work)
    {
        try
        {
            return Task.FromResult(work());
        }
        catch (IOException e)
        {
            return Task.FromException<T>(e);
        }
    }
}
