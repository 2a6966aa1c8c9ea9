using Akka.Configuration;
using Akka.Event;

namespace Akka.Persistence.Snapshot;

/// <summary>
/// Stands where Akka.NET's default, the local snapshot store, would be. An actor without snapshots runs as it would with an
/// empty one; a save, or a folder that the real store has written to, is an error that says which plug-in to set.
/// </summary>
internal sealed class MissingLocalSnapshotStore : SnapshotStore
{
    private const string Advice =
        "The local snapshot store is not offered by this runtime: set akka.persistence.snapshot-store.plugin to "
        + "\"akka.persistence.snapshot-store.inmem\" or \"akka.persistence.snapshot-store.sql\".";

    private readonly string _folder;

    public MissingLocalSnapshotStore(Config config) => _folder = config.GetString("dir", "snapshots");

    protected override Task<SelectedSnapshot> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria) =>
        Directory.Exists(_folder) && Directory.EnumerateFiles(_folder, "snapshot-*").Any()
            ? Task.FromException<SelectedSnapshot>(new ConfigurationException($"{Advice} The snapshots in {_folder} would be lost."))
            : Task.FromResult<SelectedSnapshot>(null!);

    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot)
    {
        Context.GetLogger().Error("{0}", Advice);
        return Task.FromException(new ConfigurationException(Advice));
    }

    protected override Task DeleteAsync(SnapshotMetadata metadata) => Task.FromException(new ConfigurationException(Advice));

    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria) => Task.FromException(new ConfigurationException(Advice));
}
