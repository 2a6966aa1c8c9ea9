using System.Data.Common;
using Akka.Persistence.Sql.Journal;
using Akka.Persistence.Sql.Snapshot;
using Npgsql;

namespace Akka.Persistence.Sql;

/// <summary>PostgreSQL through Npgsql. Types and names are those that linq2db gives the tables.</summary>
internal sealed class PostgreSqlDialect(string connectionString) : SqlDialect
{
    public override bool HasSchemas => true;

    public override DbConnection Open()
    {
        var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        return connection;
    }

    public override string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public override JournalInserter CreateInserter(DbConnection connection, SqlJournalSettings settings) =>
        new PostgreSqlJournalInserter((NpgsqlConnection)connection, settings);

    public override IEnumerable<string> CreateJournal(SqlJournalSettings s)
    {
        yield return $"""
            CREATE TABLE IF NOT EXISTS {s.Journal}
            (
                {s.Ordering} BigSerial NOT NULL,
                {s.Created} BigInt NOT NULL,
                {s.Deleted} Boolean NOT NULL,
                {s.PersistenceId} VarChar(255) NOT NULL,
                {s.SequenceNumber} BigInt NOT NULL,
                {s.Message} Bytea NOT NULL,{(s.HasTagColumn ? $"\n    {s.TagsColumn} VarChar(100) NULL," : string.Empty)}
                {s.Manifest} VarChar(500) NULL,
                {s.Identifier} Int NULL,{(s.HasWriterUuid ? $"\n    {s.WriterUuid} VarChar(128) NULL," : string.Empty)}
                CONSTRAINT {Quote("PK_" + s.JournalName)} PRIMARY KEY ({s.Ordering}),
                CONSTRAINT {Quote(s.JournalName + "_uq")} UNIQUE ({s.PersistenceId}, {s.SequenceNumber})
            )
            """;
        yield return $"CREATE INDEX IF NOT EXISTS {Quote(s.CreatedIndex)} ON {s.Journal} ({s.Created})";
        yield return $"CREATE INDEX IF NOT EXISTS {Quote(s.SequenceNumberIndex)} ON {s.Journal} ({s.SequenceNumber})";
        if (s.HasTagTable)
        {
            yield return $"""
                CREATE TABLE IF NOT EXISTS {s.Tags}
                (
                    {s.TagOrderingId} BigInt NOT NULL,
                    {s.TagValue} VarChar(64) NOT NULL,
                    {s.TagSequenceNr} BigInt NOT NULL,
                    {s.TagPersistenceId} VarChar(255) NOT NULL,
                    CONSTRAINT {Quote("PK_" + s.TagName)} PRIMARY KEY ({s.TagOrderingId}, {s.TagValue})
                )
                """;
            yield return $"CREATE INDEX IF NOT EXISTS {Quote(s.TagPersistenceIdIndex)} ON {s.Tags} ({s.TagPersistenceId}, {s.TagSequenceNr})";
            yield return $"CREATE INDEX IF NOT EXISTS {Quote(s.TagValueIndex)} ON {s.Tags} ({s.TagValue})";
        }

        if (s.DeleteCompatibilityMode)
        {
            yield return $"""
                CREATE TABLE IF NOT EXISTS {s.Metadata}
                (
                    {s.MetadataPersistenceId} VarChar(255) NOT NULL,
                    {s.MetadataSequenceNumber} BigInt NOT NULL,
                    PRIMARY KEY ({s.MetadataPersistenceId}, {s.MetadataSequenceNumber})
                )
                """;
        }
    }

    public override IEnumerable<string> CreateSnapshots(SqlSnapshotSettings s)
    {
        yield return $"""
            CREATE TABLE IF NOT EXISTS {s.Snapshots}
            (
                {s.PersistenceId} VarChar(255) NOT NULL,
                {s.SequenceNumber} BigInt NOT NULL,
                {s.Created} BigInt NOT NULL,
                {s.Payload} Bytea NULL,
                {s.Manifest} VarChar(500) NULL,
                {s.SerializerId} Int NULL,
                CONSTRAINT {Quote("PK_" + s.SnapshotName)} PRIMARY KEY ({s.PersistenceId}, {s.SequenceNumber})
            )
            """;
        yield return $"CREATE INDEX IF NOT EXISTS {Quote(s.SequenceNumberIndex)} ON {s.Snapshots} ({s.SequenceNumber})";
        yield return $"CREATE INDEX IF NOT EXISTS {Quote(s.CreatedIndex)} ON {s.Snapshots} ({s.Created})";
    }
}
