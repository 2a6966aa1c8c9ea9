using System.Data.Common;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Persistence.Snapshot;

namespace Akka.Persistence.Sql.Snapshot;

/// <summary>A snapshot store in SQLite or PostgreSQL, in the table of Akka.Persistence.Sql 1.5.</summary>
#pragma warning disable CA1001 // An actor is not disposed: its child closes the connection.
public class SqlSnapshotStore : SnapshotStore, IWithUnboundedStash
#pragma warning restore CA1001
{
    private readonly SqlSnapshotSettings _s;
    private readonly PayloadCodec _codec;
    private SqlWorker? _worker;

    /// <exception cref="ConfigurationException">A key is missing, unknown, wrong or not offered.</exception>
    public SqlSnapshotStore(Config snapshotConfig)
    {
        var config = snapshotConfig.WithFallback(SqlPersistence.DefaultSnapshotConfiguration);
        _s = new SqlSnapshotSettings(config, Self.Path.Name, Context.GetLogger());
        _codec = new PayloadCodec((ExtendedActorSystem)Context.System, _s.DefaultSerializer);
    }

    public IStash Stash { get; set; } = null!;

    protected override void PreStart()
    {
        base.PreStart();
        _worker = new SqlWorker(_s, _s.Dialect.CreateSnapshots(_s), int.MaxValue, 1, string.Empty, Context.GetLogger());
        var worker = _worker;
        Context.ActorOf(Props.Create(() => new SqlWorkerOwner(worker)), "connection");
    }

    protected override async Task<SelectedSnapshot> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        var row = await _worker!.Run(c => Read(c, persistenceId, criteria)).ConfigureAwait(false);
        return row is null
            ? null!
            : new SelectedSnapshot(
                new SnapshotMetadata(persistenceId, row.SequenceNumber, new DateTime(row.Created, DateTimeKind.Utc)),
                _codec.Decode(row.Payload, row.SerializerId, row.Manifest));
    }

    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot)
    {
        var (bytes, id, manifest) = _codec.Encode(snapshot);
        return _worker!.Run(c => Transact(
            c,
            $"INSERT INTO {_s.Snapshots} ({_s.PersistenceId}, {_s.SequenceNumber}, {_s.Created}, {_s.Payload}, {_s.Manifest}, {_s.SerializerId}) "
            + $"VALUES (@id, @nr, @created, @payload, @manifest, @serializer) ON CONFLICT ({_s.PersistenceId}, {_s.SequenceNumber}) DO UPDATE SET "
            + $"{_s.Created} = excluded.{_s.Created}, {_s.Payload} = excluded.{_s.Payload}, {_s.Manifest} = excluded.{_s.Manifest}, {_s.SerializerId} = excluded.{_s.SerializerId}",
            ("@id", metadata.PersistenceId),
            ("@nr", metadata.SequenceNr),
            ("@created", metadata.Timestamp.Ticks),
            ("@payload", bytes),
            ("@manifest", manifest),
            ("@serializer", id)));
    }

    protected override Task DeleteAsync(SnapshotMetadata metadata) => _worker!.Run(c => Transact(
        c,
        $"DELETE FROM {_s.Snapshots} WHERE {_s.PersistenceId} = @id AND {_s.SequenceNumber} = @nr AND {_s.Created} <= @created",
        ("@id", metadata.PersistenceId),
        ("@nr", metadata.SequenceNr),
        ("@created", metadata.Timestamp == DateTime.MinValue ? DateTime.MaxValue.Ticks : metadata.Timestamp.Ticks)));

    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria) =>
        _worker!.Run(c => Transact(c, $"DELETE FROM {_s.Snapshots} WHERE {Matches()}", Bounds(persistenceId, criteria)));

    private static (string Name, object Value)[] Bounds(string persistenceId, SnapshotSelectionCriteria criteria) =>
    [
        ("@id", persistenceId),
        ("@maxNr", criteria.MaxSequenceNr),
        ("@minNr", criteria.MinSequenceNr),
        ("@maxTime", criteria.MaxTimeStamp.Ticks),
        ("@minTime", criteria.MinTimestamp.GetValueOrDefault().Ticks),
    ];

    private string Matches() =>
        $"{_s.PersistenceId} = @id AND {_s.SequenceNumber} <= @maxNr AND {_s.SequenceNumber} >= @minNr AND {_s.Created} <= @maxTime AND {_s.Created} >= @minTime";

    private int Transact(DbConnection connection, string sql, params (string Name, object Value)[] parameters)
    {
        using var transaction = connection.BeginTransaction(_s.WriteIsolation);
        var rows = connection.Execute(transaction, sql, parameters);
        transaction.Commit();
        return rows;
    }

    private SnapshotRow? Read(DbConnection connection, string persistenceId, SnapshotSelectionCriteria criteria)
    {
        using var transaction = _s.ReadIsolation == System.Data.IsolationLevel.Unspecified ? null : connection.BeginTransaction(_s.ReadIsolation);
        using var command = connection.Command(
            transaction,
            $"SELECT {_s.SequenceNumber}, {_s.Created}, {_s.Payload}, {_s.Manifest}, {_s.SerializerId} FROM {_s.Snapshots} WHERE {Matches()} ORDER BY {_s.SequenceNumber} DESC LIMIT 1",
            Bounds(persistenceId, criteria));
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? new SnapshotRow(
                reader.GetInt64(0),
                reader.GetInt64(1),
                reader.IsDBNull(2) ? [] : reader.GetFieldValue<byte[]>(2),
                reader.IsDBNull(3) ? string.Empty : reader.GetString(3),
                reader.IsDBNull(4) ? null : reader.GetInt32(4))
            : null;
    }

    private sealed record SnapshotRow(long SequenceNumber, long Created, byte[] Payload, string Manifest, int? SerializerId);
}
