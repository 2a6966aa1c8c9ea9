using System.Text.RegularExpressions;
using Akka.Actor;

namespace Akka.Persistence.Sql.Tests;

public sealed partial class SqliteSchemaTests : SqliteTest
{
    [Fact]
    public void Tables_and_indexes_are_those_of_Akka_Persistence_Sql()
    {
        var actor = Start("a");
        Write(actor, "event");
        actor.Tell("snap");
        ExpectMsg<SaveSnapshotSuccess>();

        var statements = File.Query("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'made_by_the_host' ORDER BY name")
            .Select(r => Normal((string)r[0]!));
        Assert.Equal(
            new[]
            {
                "CREATE TABLE [journal] ( [ordering] INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, [created] BigInt NOT NULL, [deleted] Bit NOT NULL, [persistence_id] NVarChar(255) NOT NULL, [sequence_number] BigInt NOT NULL, [message] VarBinary NOT NULL, [manifest] NVarChar(500) NULL, [identifier] INTEGER NULL, [writer_uuid] NVarChar(128) NULL )",
                "CREATE INDEX [journal_created_idx] ON [journal] ([created])",
                "CREATE INDEX [journal_sequence_number_idx] ON [journal] ([sequence_number])",
                "CREATE UNIQUE INDEX [journal_uq] ON [journal] ([persistence_id], [sequence_number])",
                "CREATE TABLE [snapshot] ( [persistence_id] NVarChar(255) NOT NULL, [sequence_number] BigInt NOT NULL, [created] BigInt NOT NULL, [snapshot] VarBinary NULL, [manifest] NVarChar(500) NULL, [serializer_id] INTEGER NULL, CONSTRAINT [PK_snapshot] PRIMARY KEY ([persistence_id], [sequence_number]) )",
                "CREATE INDEX [snapshot_created_idx] ON [snapshot] ([created])",
                "CREATE INDEX [snapshot_sequence_number_idx] ON [snapshot] ([sequence_number])",
                "CREATE TABLE sqlite_sequence(name,seq)",
                "CREATE TABLE [tags] ( [ordering_id] INTEGER NOT NULL, [tag] NVarChar(64) NOT NULL, [sequence_nr] INTEGER NOT NULL, [persistence_id] NVarChar(255) NOT NULL, CONSTRAINT [PK_tags] PRIMARY KEY ([ordering_id], [tag]) )",
                "CREATE INDEX [tags_persistence_id_sequence_nr_idx] ON [tags] ([persistence_id], [sequence_nr])",
                "CREATE INDEX [tags_tag_idx] ON [tags] ([tag])",
            },
            statements);
    }

    private static string Normal(string sql) => Spaces().Replace(sql, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
