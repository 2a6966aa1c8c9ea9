using Akka.Actor;
using Akka.Persistence.Journal;
using Npgsql;

namespace Akka.Persistence.Sql.Tests;

public sealed class PostgreSqlTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private sealed class Kit(string connectionString) : SqlTest("PostgreSQL.15", connectionString, "delete-compatibility-mode = on")
    {
        public new IActorRef Start(string id) => base.Start(id);

        public new void Write(IActorRef actor, object @event) => base.Write(actor, @event);

        public new object[] Known(IActorRef actor) => base.Known(actor);

        public new void StopAndWait(IActorRef actor) => base.StopAndWait(actor);
    }

    [RequiresPostgresFact]
    public void Events_tags_and_snapshots_are_written_and_recovered()
    {
        using var kit = new Kit(server.ConnectionString);
        var actor = kit.Start("pg-a");
        kit.Write(actor, new Deposited("x", 1, [1]));
        kit.Write(actor, new Tagged("tagged", ["red", "blue"]));
        actor.Tell(new object[] { "batch 1", "batch 2" });
        kit.ReceiveN(2);
        Assert.Equal(["blue", "red"], Column("SELECT t.tag FROM tags t JOIN journal j ON j.ordering = t.ordering_id WHERE j.persistence_id = 'pg-a' AND j.sequence_number = 2 ORDER BY 1"));
        kit.StopAndWait(actor);

        actor = kit.Start("pg-a");
        var known = kit.Known(actor);
        Assert.Equal(1, Assert.IsType<Deposited>(known[0]).Amount);
        Assert.Equal(["tagged", "batch 1", "batch 2"], known[1..]);
        actor.Tell("snap");
        Assert.Equal(4, kit.ExpectMsg<SaveSnapshotSuccess>().Metadata.SequenceNr);
        actor.Tell("delete");
        kit.ExpectMsg(new DeleteMessagesSuccess(4));
        kit.StopAndWait(actor);

        actor = kit.Start("pg-a");
        Assert.Equal([new Balance(4)], kit.Known(actor));
        actor.Tell("five");
        kit.ExpectMsg(("pg-a", 5L));
        Assert.Equal(["pg-a 4"], Column("SELECT persistence_id || ' ' || sequence_number FROM journal_metadata"));
    }

    [RequiresPostgresFact]
    public void Many_actors_write_at_once()
    {
        using var kit = new Kit(server.ConnectionString);
        var actors = Enumerable.Range(0, 20).Select(i => kit.Start($"pg-many-{i}")).ToArray();
        for (var round = 0; round < 10; round++)
        {
            foreach (var actor in actors)
            {
                actor.Tell($"event {round}");
            }
        }

        kit.ReceiveN(200, TimeSpan.FromSeconds(20));
        Assert.Equal(["200"], Column("SELECT COUNT(*)::text FROM journal WHERE persistence_id LIKE 'pg-many-%'"));
    }

    private List<string> Column(string sql)
    {
        using var connection = new NpgsqlConnection(server.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read())
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }
}
