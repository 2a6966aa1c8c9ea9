using Akka.Actor;

namespace Akka.Persistence.Sql.Tests;

public sealed class SqliteCompatibilityTests() : SqliteTest("delete-compatibility-mode = true\ntag-write-mode = Both", "SQLite")
{
    [Fact]
    public void The_highest_deleted_number_is_also_in_the_metadata_table()
    {
        var actor = Start("a");
        Write(actor, "one");
        Write(actor, "two");
        actor.Tell("delete");
        ExpectMsg(new DeleteMessagesSuccess(2));
        Assert.Equal([["a", 2L]], File.Query("SELECT persistence_id, sequence_number FROM journal_metadata"));
        StopAndWait(actor);

        // As old tools leave it: no row at all, only the metadata.
        File.Execute("DELETE FROM journal");
        var again = Start("a");
        again.Tell("three");
        ExpectMsg(("a", 3L));
    }

    [Fact]
    public void Tags_can_also_stand_in_the_journal()
    {
        Write(Start("a"), new Akka.Persistence.Journal.Tagged("x", ["red"]));
        Assert.Equal([[";red;"]], File.Query("SELECT tags FROM journal"));
        Assert.Equal([["red"]], File.Query("SELECT tag FROM tags"));
    }
}
