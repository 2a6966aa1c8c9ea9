using System.Text;
using Akka.Actor;
using Akka.Persistence.Journal;

namespace Akka.Persistence.Sql.Tests;

public sealed class SqliteJournalTests() : SqliteTest("replay-batch-size = 7")
{
    [Fact]
    public void A_row_holds_what_the_real_plugin_would_write()
    {
        var before = DateTime.UtcNow.Ticks;
        Write(Start("account-1"), new Deposited("x", 3, [1, 2]));
        var after = DateTime.UtcNow.Ticks;

        var row = Assert.Single(File.Query("SELECT ordering, created, deleted, persistence_id, sequence_number, message, manifest, identifier, writer_uuid FROM journal"));
        Assert.Equal(1L, row[0]);
        Assert.InRange((long)row[1]!, before, after);
        Assert.Equal(0L, Convert.ToInt64(row[2], null));
        Assert.Equal("account-1", row[3]);
        Assert.Equal(1L, row[4]);
        Assert.Contains("\"Account\":\"x\"", Encoding.UTF8.GetString((byte[])row[5]!), StringComparison.Ordinal);

        // The JSON serializer, number 1, names the type in the bytes: it needs no manifest.
        Assert.Contains("\"$type\":\"Akka.Persistence.Sql.Tests.Deposited, Akka.Persistence.Sql.Tests\"", Encoding.UTF8.GetString((byte[])row[5]!), StringComparison.Ordinal);
        Assert.Equal(string.Empty, row[6]);
        Assert.Equal(1L, row[7]);
        Assert.NotEmpty((string)row[8]!);
    }

    [Fact]
    public void Events_come_back_equal_and_in_order_over_several_batches()
    {
        var actor = Start("a");
        actor.Tell(Enumerable.Range(1, 50).Select(object (i) => new Deposited("x", i, [i, -i])).ToArray());
        ReceiveN(50);
        StopAndWait(actor);
        var known = Known(Start("a")).Cast<Deposited>().ToArray();
        Assert.Equal(Enumerable.Range(1, 50).Select(i => (long)i), known.Select(d => d.Amount));
        Assert.All(known, d => Assert.Equal([(int)d.Amount, -(int)d.Amount], d.Parts));
    }

    [Fact]
    public void A_database_that_was_written_by_the_real_plugin_opens()
    {
        Known(Start("makes-the-tables"));
        File.Execute(
            """
            INSERT INTO journal (created, deleted, persistence_id, sequence_number, message, manifest, identifier, writer_uuid) VALUES
              (638000000000000000, 1, 'real', 1, X'22676F6E6522', 'System.String, System.Private.CoreLib', 1, 'other'),
              (638000000000000001, 0, 'real', 2, X'226B65707422', 'System.String, System.Private.CoreLib', 1, 'other'),
              (638000000000000002, 0, 'real', 3, X'22616C736F22', 'System.String, System.Private.CoreLib', NULL, NULL)
            """);
        var actor = Start("real");
        Assert.Equal(["kept", "also"], Known(actor));
        actor.Tell("new");
        ExpectMsg(("real", 4L));
    }

    [Fact]
    public void Tags_go_to_their_table()
    {
        var actor = Start("a");
        Write(actor, "plain");
        Write(actor, new Tagged("tagged", ["red", "blue"]));
        Assert.Equal(
            [[2L, "blue", 2L, "a"], [2L, "red", 2L, "a"]],
            File.Query("SELECT ordering_id, tag, sequence_nr, persistence_id FROM tags ORDER BY tag"));
        StopAndWait(actor);
        Assert.Equal(["plain", "tagged"], Known(Start("a")));
    }

    [Fact]
    public void Deletion_keeps_the_last_row_marked_so_that_its_number_is_not_used_again()
    {
        var actor = Start("a");
        Write(actor, "one");
        Write(actor, new Tagged("two", ["red"]));
        actor.Tell("delete");
        ExpectMsg(new DeleteMessagesSuccess(2));
        Assert.Equal([[2L, true]], File.Query("SELECT sequence_number, deleted <> 0 FROM journal").Select(r => new object[] { r[0]!, Convert.ToBoolean(r[1], null) }));
        Assert.Empty(File.Query("SELECT * FROM tags"));
        StopAndWait(actor);

        var again = Start("a");
        Assert.Empty(Known(again));
        again.Tell("three");
        ExpectMsg(("a", 3L));
    }

    [Fact]
    public void An_event_that_cannot_be_serialized_is_rejected_and_the_actor_goes_on()
    {
        var actor = Start("a");
        actor.Tell(new Unserializable());
        Assert.Equal(("rejected", "a"), (ExpectMsg<(string What, string Id, string Why)>() is var (what, id, _) ? (what, id) : default));
        Write(actor, "fine");
        StopAndWait(actor);
        Assert.Equal(["fine"], Known(Start("a")));
    }

    [Fact]
    public void What_was_acknowledged_is_in_the_file_even_if_the_process_dies()
    {
        var actor = Start("a");
        for (var i = 1; i <= 5; i++)
        {
            Write(actor, $"event {i}");

            // The files as a crash now would leave them: nothing is closed or checkpointed.
            using var crashed = new SqliteFile();
            System.IO.File.Copy(File.Path, crashed.Path);
            System.IO.File.Copy(File.Path + "-wal", crashed.Path + "-wal");
            Assert.Equal((long)i, crashed.Query("SELECT COUNT(*) FROM journal")[0][0]);
        }
    }

    [Fact]
    public void Actors_that_wait_at_the_same_time_share_a_transaction()
    {
        var actors = Enumerable.Range(0, 40).Select(i => Start($"p{i}")).ToArray();
        foreach (var actor in actors)
        {
            Assert.Empty(Known(actor));
        }

        var before = Commits();
        using (var blocker = File.Open())
        using (var transaction = blocker.BeginTransaction())
        {
            // While another process holds the write lock, everything gathers behind the first write.
            foreach (var actor in actors)
            {
                actor.Tell("event");
            }

            ExpectNoMsg(200);
            transaction.Rollback();
        }

        ReceiveN(40, TimeSpan.FromSeconds(20));
        Assert.InRange(Commits() - before, 1, 3);
    }

    [Fact]
    public void One_actors_failure_is_not_its_neighbours()
    {
        var actors = new[] { "a", "b", "c" }.Select(Start).ToArray();
        foreach (var actor in actors)
        {
            Known(actor);
        }

        using (var blocker = File.Open())
        using (var transaction = blocker.BeginTransaction())
        {
            using var command = blocker.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = "INSERT INTO journal (created, deleted, persistence_id, sequence_number, message) VALUES (1, 0, 'b', 1, X'')";
            command.ExecuteNonQuery();
            actors[0].Tell("event");
            ExpectNoMsg(100);
            actors[1].Tell("event");
            actors[2].Tell("event");
            ExpectNoMsg(100);
            transaction.Commit();
        }

        Watch(actors[1]);
        var messages = ReceiveN(4, TimeSpan.FromSeconds(20));
        Assert.Contains(("a", 1L), messages);
        Assert.Contains(("c", 1L), messages);
        Assert.Contains(messages, m => m is ValueTuple<string, string, string> { Item1: "failed", Item2: "b" });
        Assert.Contains(messages, m => m is Terminated);
    }

    [Fact]
    public void A_restarted_system_sees_everything()
    {
        Write(Start("a"), "one");
        Sys.Terminate().Wait(TimeSpan.FromSeconds(10));
        var rows = File.Query("SELECT persistence_id FROM journal");
        Assert.Equal("a", Assert.Single(rows)[0]);
    }

    /// <summary>Counts transactions in the write-ahead log: the frames that end one name the size of the database.</summary>
    private int Commits()
    {
        using var wal = new FileStream(File.Path + "-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[wal.Length];
        wal.ReadExactly(bytes);
        var commits = 0;
        for (var frame = 32; frame + 24 + 4096 <= bytes.Length; frame += 24 + 4096)
        {
            if (bytes.AsSpan(frame + 4, 4).IndexOfAnyExcept((byte)0) >= 0 && bytes.AsSpan(frame + 8, 8).SequenceEqual(bytes.AsSpan(16, 8)))
            {
                commits++;
            }
        }

        return commits;
    }

    public sealed class Unserializable
    {
        public string Broken => throw new InvalidOperationException("cannot be read");
    }
}
