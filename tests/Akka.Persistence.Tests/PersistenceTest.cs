using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit.Xunit2;

namespace Akka.Persistence.Tests;

/// <summary>A system with journal and snapshot store in memory.</summary>
public abstract class PersistenceTest : TestKit.Xunit2.TestKit
{
    private int _lastId;

    protected PersistenceTest(string extra = "")
        : base(ConfigurationFactory.ParseString(extra).WithFallback(ConfigurationFactory.ParseString(
            """
            akka.loglevel = WARNING
            # What comes, comes on a slow machine too.
            akka.test { single-expect-default = 30s, filter-leeway = 30s }
            akka.persistence.journal.plugin = "akka.persistence.journal.inmem"
            akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
            """)))
    {
    }

    /// <summary>The actor's persistence id and name are the same.</summary>
    private protected IActorRef Start(string id, Action<Scripted, object> onCommand, Action<Scripted, object>? onRecover = null, Recovery? recovery = null) =>
        Sys.ActorOf(Scripted(id, onCommand, onRecover, recovery), $"{id}-{++_lastId}");

    private protected Props Scripted(string id, Action<Scripted, object> onCommand, Action<Scripted, object>? onRecover = null, Recovery? recovery = null)
    {
        var probe = TestActor;
        return Props.Create(() => new Scripted(id, probe, onCommand, onRecover, recovery));
    }

    /// <summary>Persists every command as it is, and echoes it when it is durable.</summary>
    private protected static void Echo(Scripted actor, object message) => actor.Persist(message, e =>
    {
        actor.Apply(e);
        actor.Probe.Tell(e, actor.Self);
    });

    protected void ExpectAll(params object[] messages)
    {
        foreach (var message in messages)
        {
            ExpectMsg(message);
        }
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
