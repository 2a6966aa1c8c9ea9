using Akka.Actor;
using Akka.Configuration;

namespace Akka.Persistence.Sql.Tests;

/// <summary>A system with journal and snapshot store in one database.</summary>
public abstract class SqlTest(string provider, string connectionString, string extra = "") : TestKit.Xunit2.TestKit(Configuration(provider, connectionString, extra))
{
    private int _lastId;

    internal static Config Configuration(string provider, string connectionString, string extra) => ConfigurationFactory.ParseString(
        $$"""
        akka.loglevel = WARNING
        # What comes, comes on a slow machine too.
        akka.test.single-expect-default = 30s
        akka.persistence {
          journal {
            plugin = "akka.persistence.journal.sql"
            sql {
              class = "Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql"
              connection-string = "{{connectionString}}"
              provider-name = "{{provider}}"
              {{extra}}
            }
          }
          snapshot-store {
            plugin = "akka.persistence.snapshot-store.sql"
            sql {
              class = "Akka.Persistence.Sql.Snapshot.SqlSnapshotStore, Akka.Persistence.Sql"
              connection-string = "{{connectionString}}"
              provider-name = "{{provider}}"
            }
          }
        }
        """);

    protected IActorRef Start(string id)
    {
        var probe = TestActor;
        return Sys.ActorOf(Props.Create(() => new Recorder(id, probe)), $"{id}-{++_lastId}");
    }

    /// <summary>Sends an event and waits until it is durable.</summary>
    protected void Write(IActorRef actor, object @event)
    {
        actor.Tell(@event);
        ExpectMsg<(string, long)>();
    }

    protected object[] Known(IActorRef actor)
    {
        var probe = CreateTestProbe();
        actor.Tell("get", probe.Ref);
        return probe.ExpectMsg<object[]>();
    }

    protected void StopAndWait(IActorRef actor)
    {
        var probe = CreateTestProbe();
        probe.Watch(actor);
        Sys.Stop(actor);
        probe.ExpectTerminated(actor);
    }
}
