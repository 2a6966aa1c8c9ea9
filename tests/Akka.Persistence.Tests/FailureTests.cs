using Akka.Actor;

namespace Akka.Persistence.Tests;

public sealed class FailureTests() : PersistenceTest(
    """
    akka.persistence.journal.plugin = "failing"
    failing.class = "Akka.Persistence.Tests.FailingJournal, Akka.Persistence.Tests"
    failing.recovery-event-timeout = 200ms
    """)
{
    [Theory]
    [InlineData("throw", "the store threw")]
    [InlineData("fail later", "the store failed")]
    [InlineData("miscount", "AsyncWriteMessages return invalid number or results. Expected [1], but got [3].")]
    public void A_failed_write_stops_the_actor(string @event, string message)
    {
        var actor = Start("a", Echo);
        actor.Tell("good");
        ExpectMsg("good");
        Watch(actor);
        actor.Tell(@event);
        ExpectMsg(("failed", (object)@event, 2L, message));
        ExpectTerminated(actor);
        Assert.Equal(["good"], Known(Start("a", Echo)));
    }

    [Fact]
    public void A_rejected_event_is_not_stored_and_the_actor_goes_on()
    {
        var actor = Start("a", Echo);
        actor.Tell("one");
        actor.Tell("reject");
        actor.Tell("two");
        ExpectAll("one", ("rejected", (object)"reject", 2L, "rejected"), "two");
        StopAndWait(actor);
        Assert.Equal(["one", "two"], Known(Start("a", Echo)));
    }

    [Fact]
    public void One_rejected_event_rejects_the_whole_PersistAll()
    {
        var actor = Start("a", (self, _) => self.PersistAll(["x", "reject", "y"], e => self.Probe.Tell(e)));
        actor.Tell("go");
        foreach (var (e, nr) in new[] { ("x", 1L), ("reject", 2L), ("y", 3L) })
        {
            ExpectMsg(("rejected", (object)e, nr, "rejected"));
        }

        Assert.Empty(Known(Start("a", Echo)));
    }

    [Fact]
    public void Handlers_before_and_after_a_rejected_event_run()
    {
        var actor = Start("a", (self, _) =>
        {
            self.PersistAsync("x", e => self.Probe.Tell(e));
            self.PersistAsync("reject", e => self.Probe.Tell(e));
            self.PersistAsync("y", e => self.Probe.Tell(e));
        });
        actor.Tell("go");
        ExpectAll("x", ("rejected", (object)"reject", 2L, "rejected"), "y");
    }

    [Fact]
    public void Answers_leave_in_the_order_of_the_requests_though_a_slow_one_completes_last()
    {
        var slow = Start("slow", Echo);
        var quick = Start("quick", Echo);
        Known(slow);
        Known(quick);
        Sys.EventStream.Subscribe(TestActor, typeof(FailingJournal.SlowWrite));
        slow.Tell("slow");
        ExpectMsg<FailingJournal.SlowWrite>();
        quick.Tell("quick");
        ExpectAll("slow", "quick");
    }

    [Theory]
    [InlineData("no-replay", "no replay")]
    [InlineData("no-highest", "no highest number")]
    public void A_failed_replay_stops_the_actor(string id, string message)
    {
        if (id == "no-replay")
        {
            // There must be something to replay: this incarnation starts before any event.
            var first = Start(id, Echo);
            first.Tell("one");
            ExpectMsg("one");
            StopAndWait(first);
        }

        var actor = Start(id, Echo);
        ExpectMsg(("not recovered", (object?)null, message));
        Watch(actor);
        ExpectTerminated(actor);
    }

    [Fact]
    public void A_journal_that_does_not_answer_stops_the_actor()
    {
        var first = Start("silent-replay", Echo);
        first.Tell("one");
        ExpectMsg("one");
        StopAndWait(first);

        var actor = Start("silent-replay", Echo);
        Watch(actor);
        ExpectMsg(("not recovered", (object?)null, "Recovery timed out, didn't get event within 0.2s, highest sequence number seen 0."));
        ExpectTerminated(actor);
    }

    [Fact]
    public void A_recovery_handler_that_throws_stops_the_actor()
    {
        var first = Start("a", Echo);
        first.Tell("one");
        ExpectMsg("one");
        StopAndWait(first);

        var actor = Start("a", Echo, (_, m) =>
        {
            if (m is "one")
            {
                throw new InvalidOperationException("cannot apply");
            }
        });
        Watch(actor);
        ExpectMsg(("not recovered", (object?)"one", "cannot apply"));
        ExpectTerminated(actor);
    }

    [Fact]
    public void A_failed_deletion_is_reported_and_logged_if_nobody_handles_it()
    {
        var actor = Start("no-delete", (self, m) =>
        {
            if (m is "delete")
            {
                self.DeleteMessages(5);
            }
            else
            {
                self.Probe.Tell(m);
            }
        });
        actor.Tell("delete");
        var failure = ExpectMsg<DeleteMessagesFailure>();
        Assert.Equal(("no deletion", 5L), (failure.Cause.Message, failure.ToSequenceNr));
    }
}
