using Akka.Configuration;
using Akka.Event;

namespace Akka.Persistence.Sql.Snapshot;

/// <summary>The section of a SQL snapshot store. Column names are quoted.</summary>
internal sealed class SqlSnapshotSettings : SqlSettings
{
    public SqlSnapshotSettings(Config config, string path, ILoggingAdapter log)
        : base(config, SqlPersistence.DefaultSnapshotConfiguration, path, [], ["use-clone-connection"], log)
    {
        SnapshotName = Required("default.snapshot.table-name");
        Snapshots = Table(SnapshotName);
        var column = Names("default.snapshot.columns", "persistence-id", "sequence-number", "created", "snapshot", "manifest", "serializerId");
        PersistenceId = Dialect.Quote(column("persistence-id"));
        SequenceNumber = Dialect.Quote(column("sequence-number"));
        Created = Dialect.Quote(column("created"));
        Payload = Dialect.Quote(column("snapshot"));
        Manifest = Dialect.Quote(column("manifest"));
        SerializerId = Dialect.Quote(column("serializerId"));
        CreatedIndex = $"{SnapshotName}_{column("created")}_idx";
        SequenceNumberIndex = $"{SnapshotName}_{column("sequence-number")}_idx";
    }

    public string SnapshotName { get; }
    public string Snapshots { get; }
    public string PersistenceId { get; }
    public string SequenceNumber { get; }
    public string Created { get; }
    public string Payload { get; }
    public string Manifest { get; }
    public string SerializerId { get; }
    public string CreatedIndex { get; }
    public string SequenceNumberIndex { get; }
}
