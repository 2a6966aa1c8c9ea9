using System.Data.Common;

namespace Akka.Persistence.Sql.Journal;

/// <summary>A stored event.</summary>
internal readonly record struct ReplayRow(
    long SequenceNumber,
    long Created,
    bool Deleted,
    byte[] Message,
    int? Identifier,
    string Manifest,
    string? WriterUuid);

/// <summary>Reads and deletes events. The row with the highest number of a persistence id is never deleted, only marked, so that the number stays known.</summary>
internal sealed class SqlJournalQueries(SqlJournalSettings s)
{
    private readonly string _read =
        $"SELECT {s.SequenceNumber}, {s.Created}, {s.Deleted}, {s.Message}, {s.Identifier}, {s.Manifest}{(s.HasWriterUuid ? ", " + s.WriterUuid : string.Empty)} FROM {s.Journal} "
        + $"WHERE {s.PersistenceId} = @id AND {s.SequenceNumber} >= @from AND {s.SequenceNumber} <= @to AND {s.Deleted} = @deleted ORDER BY {s.SequenceNumber} LIMIT @limit";

    private readonly string _highest = $"SELECT MAX({s.SequenceNumber}) FROM {s.Journal} WHERE {s.PersistenceId} = @id AND {s.SequenceNumber} > @from";

    private readonly string _highestDeleted =
        $"SELECT MAX({s.MetadataSequenceNumber}) FROM {s.Metadata} WHERE {s.MetadataPersistenceId} = @id AND {s.MetadataSequenceNumber} > @from";

    public int ReadEvents(DbConnection connection, string persistenceId, long from, long to, int limit, List<ReplayRow> rows)
    {
        using var transaction = Begin(connection);
        using var command = connection.Command(
            transaction, _read, ("@id", persistenceId), ("@from", from), ("@to", to), ("@deleted", false), ("@limit", limit));
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            rows.Add(new ReplayRow(
                reader.GetInt64(0),
                reader.GetInt64(1),
                reader.GetBoolean(2),
                reader.GetFieldValue<byte[]>(3),
                reader.IsDBNull(4) ? null : reader.GetInt32(4),
                reader.IsDBNull(5) ? string.Empty : reader.GetString(5),
                !s.HasWriterUuid || reader.IsDBNull(6) ? null : reader.GetString(6)));
        }

        return rows.Count;
    }

    public long HighestSequenceNr(DbConnection connection, string persistenceId, long from)
    {
        using var transaction = Begin(connection);
        var highest = connection.Number(transaction, _highest, ("@id", persistenceId), ("@from", from)) ?? 0;
        return s.DeleteCompatibilityMode
            ? Math.Max(highest, connection.Number(transaction, _highestDeleted, ("@id", persistenceId), ("@from", from)) ?? 0)
            : highest;
    }

    public bool Delete(DbConnection connection, string persistenceId, long to)
    {
        using var transaction = connection.BeginTransaction(s.WriteIsolation);
        connection.Execute(
            transaction,
            $"UPDATE {s.Journal} SET {s.Deleted} = @deleted WHERE {s.PersistenceId} = @id AND {s.SequenceNumber} <= @to",
            ("@deleted", true), ("@id", persistenceId), ("@to", to));
        var marked = connection.Number(
            transaction,
            $"SELECT MAX({s.SequenceNumber}) FROM {s.Journal} WHERE {s.PersistenceId} = @id AND {s.Deleted} = @deleted",
            ("@id", persistenceId), ("@deleted", true));
        if (marked is { } highest)
        {
            if (s.DeleteCompatibilityMode)
            {
                Remember(connection, transaction, persistenceId, highest);
            }

            connection.Execute(
                transaction,
                $"DELETE FROM {s.Journal} WHERE {s.PersistenceId} = @id AND {s.SequenceNumber} <= @to AND {s.SequenceNumber} < @highest",
                ("@id", persistenceId), ("@to", to), ("@highest", highest));
        }

        if (s.HasTagTable)
        {
            connection.Execute(
                transaction,
                $"DELETE FROM {s.Tags} WHERE {s.TagSequenceNr} <= @to AND {s.TagPersistenceId} = @id",
                ("@to", to), ("@id", persistenceId));
        }

        transaction.Commit();
        return true;
    }

    private void Remember(DbConnection connection, DbTransaction transaction, string persistenceId, long highest)
    {
        connection.Execute(
            transaction,
            $"INSERT INTO {s.Metadata} ({s.MetadataPersistenceId}, {s.MetadataSequenceNumber}) VALUES (@id, @highest) ON CONFLICT DO NOTHING",
            ("@id", persistenceId), ("@highest", highest));
        connection.Execute(
            transaction,
            $"DELETE FROM {s.Metadata} WHERE {s.MetadataPersistenceId} = @id AND {s.MetadataSequenceNumber} < @highest",
            ("@id", persistenceId), ("@highest", highest));
    }

    /// <summary>Reads need no transaction of their own unless a level is asked for.</summary>
    private DbTransaction? Begin(DbConnection connection) =>
        s.ReadIsolation == System.Data.IsolationLevel.Unspecified ? null : connection.BeginTransaction(s.ReadIsolation);
}
