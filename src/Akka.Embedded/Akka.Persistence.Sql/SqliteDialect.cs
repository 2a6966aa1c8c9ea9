using System.Data.Common;
using Akka.Persistence.Sql.Journal;
using Akka.Persistence.Sql.Snapshot;
using Microsoft.Data.Sqlite;

namespace Akka.Persistence.Sql;

/// <summary>SQLite through Microsoft.Data.Sqlite. Types and names are those that linq2db gives the tables.</summary>
internal sealed class SqliteDialect(string connectionString) : SqlDialect
{
    public override bool HasSchemas => false;

    public override DbConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();

        // A commit is on disk when it returns, in WAL mode too. The journal mode itself belongs to the file. In that mode every
        // event dirties pages of three indexes that the next event dirties again: to copy them back every 16 MB instead of
        // every 4 MB saves most of that work. Whoever else holds a lock is waited for, 10 s.
        command.CommandText = "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; PRAGMA busy_timeout = 10000;";
        command.ExecuteNonQuery();
        return connection;
    }

    public override string Quote(string name) => $"[{name.Replace("]", "]]", StringComparison.Ordinal)}]";

    public override JournalInserter CreateInserter(DbConnection connection, SqlJournalSettings settings) =>
        new SqliteJournalInserter((SqliteConnection)connection, settings);

    public override IEnumerable<string> CreateJournal(SqlJournalSettings s)
    {
        yield return $"""
            CREATE TABLE IF NOT EXISTS {s.Journal}
            (
            	{s.Ordering} INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            	{s.Created} BigInt NOT NULL,
            	{s.Deleted} Bit NOT NULL,
            	{s.PersistenceId} NVarChar(255) NOT NULL,
            	{s.SequenceNumber} BigInt NOT NULL,
            	{s.Message} VarBinary NOT NULL,{(s.HasTagColumn ? $"\n\t{s.TagsColumn} NVarChar(100) NULL," : string.Empty)}
            	{s.Manifest} NVarChar(500) NULL,
            	{s.Identifier} INTEGER NULL{(s.HasWriterUuid ? $",\n\t{s.WriterUuid} NVarChar(128) NULL" : string.Empty)}
            )
            """;
        yield return $"CREATE UNIQUE INDEX IF NOT EXISTS {Quote(s.JournalName + "_uq")} ON {s.Journal} ({s.PersistenceId}, {s.SequenceNumber})";
        yield return $"CREATE INDEX IF NOT EXISTS {Quote(s.CreatedIndex)} ON {s.Journal} ({s.Created})";
        yield return $"CREATE INDEX IF NOT EXISTS {Quote(s.SequenceNumberIndex)} ON {s.Journal} ({s.SequenceNumber})";
        if (s.HasTagTable)
        {
            yield return $"""
                CREATE TABLE IF NOT EXISTS {s.Tags}
                (
                	{s.TagOrderingId} INTEGER NOT NULL,
                	{s.TagValue} NVarChar(64) NOT NULL,
                	{s.TagSequenceNr} INTEGER NOT NULL,
                	{s.TagPersistenceId} NVarChar(255) NOT NULL,

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
                	{s.MetadataPersistenceId} NVarChar(255) NOT NULL,
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
            	{s.PersistenceId} NVarChar(255) NOT NULL,
            	{s.SequenceNumber} BigInt NOT NULL,
            	{s.Created} BigInt NOT NULL,
            	{s.Payload} VarBinary NULL,
            	{s.Manifest} NVarChar(500) NULL,
            	{s.SerializerId} INTEGER NULL,

            	CONSTRAINT {Quote("PK_" + s.SnapshotName)} PRIMARY KEY ({s.PersistenceId}, {s.SequenceNumber})
            )
            """;
        yield return $"CREATE INDEX IF NOT EXISTS {Quote(s.SequenceNumberIndex)} ON {s.Snapshots} ({s.SequenceNumber})";
        yield return $"CREATE INDEX IF NOT EXISTS {Quote(s.CreatedIndex)} ON {s.Snapshots} ({s.Created})";
    }
}
