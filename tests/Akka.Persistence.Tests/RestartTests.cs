using Akka.Actor;

namespace Akka.Persistence.Tests;

public sealed class RestartTests : PersistenceTest
{
    [Fact]
    public void A_handler_that_throws_restarts_the_actor_with_its_event_stored()
    {
        var fail = true;
        var actor = Start("a", (self, m) => self.Persist(m, e =>
        {
            if (e is "bad" && fail)
            {
                fail = false;
                throw new InvalidOperationException("handler");
            }

            self.Apply(e);
            self.Probe.Tell(e);
        }));
        actor.Tell("one");
        actor.Tell("bad");
        actor.Tell("two");
        ExpectAll("one", "two");
        Assert.Equal(["one", "bad", "two"], Known(actor));
    }

    [Fact]
    public void A_command_that_throws_after_Persist_has_its_event_written_once()
    {
        var fail = true;
        var actor = Start("a", (self, m) =>
        {
            Echo(self, m);
            if (m is "bad" && fail)
            {
                fail = false;
                throw new InvalidOperationException("command");
            }
        });
        actor.Tell("bad");
        actor.Tell("good");
        ExpectMsg("good");
        AwaitAssert(() => Assert.Equal(["bad", "good"], Known(actor)));
    }

    [Fact]
    public void Answers_to_the_former_incarnation_are_ignored()
    {
        var actor = Start("a", (self, m) =>
        {
            if (m is "throw")
            {
                throw new InvalidOperationException("now");
            }

            self.PersistAsync(m, e => self.Probe.Tell(e));
        });
        for (var i = 0; i < 20; i++)
        {
            actor.Tell($"event {i}");
            actor.Tell("throw");
        }

        actor.Tell("last");
        FishForMessage(m => m is "last");

        // All are stored, in order and once each, whether or not their handlers ran.
        var known = Known(Start("a", Echo));
        Assert.Equal([.. Enumerable.Range(0, 20).Select(i => $"event {i}"), "last"], known.Distinct());
        Assert.Equal(known.Length, known.Distinct().Count());
    }

    [Fact]
    public void PreRestart_gets_the_event_whose_handler_failed()
    {
        var probe = TestActor;
        var actor = Sys.ActorOf(Props.Create(() => new TellsWhatFailed(probe)));
        actor.Tell("x");
        var failed = ExpectMsg<IPersistentRepresentation>();
        Assert.Equal("x", failed.Payload);
    }

    private sealed class TellsWhatFailed(IActorRef probe) : UntypedPersistentActor
    {
        public override string PersistenceId => "tells";

        protected override void OnCommand(object message) =>
            Persist(message, _ => throw new InvalidOperationException("handler"));

        protected override void OnRecover(object message)
        {
        }

        protected override void PreRestart(Exception reason, object message)
        {
            probe.Tell(message, Self);
            base.PreRestart(reason, message);
        }
    }
}
