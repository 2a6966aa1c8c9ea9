using Akka.Actor;

namespace Akka.Persistence;

/// <summary>Who an actor is to its journal and its snapshot store. A plug-in id that is empty means the configured default.</summary>
public interface IPersistentIdentity
{
    string PersistenceId { get; }
    string JournalPluginId { get; }
    string SnapshotPluginId { get; }
}

/// <summary>How an actor wants to recover.</summary>
public interface IPersistenceRecovery
{
    Recovery Recovery { get; }
}

/// <summary>An actor with an internal stash besides its own.</summary>
public interface IPersistenceStash : IWithUnboundedStash
{
    IStashOverflowStrategy InternalStashOverflowStrategy { get; }
}

/// <summary>What an actor with snapshots can do with them.</summary>
public interface ISnapshotter
{
    string SnapshotterId { get; }
    long SnapshotSequenceNr { get; }

    void LoadSnapshot(string persistenceId, SnapshotSelectionCriteria criteria, long toSequenceNr);

    void SaveSnapshot(object snapshot);

    void DeleteSnapshot(long sequenceNr);

    void DeleteSnapshots(SnapshotSelectionCriteria criteria);
}
