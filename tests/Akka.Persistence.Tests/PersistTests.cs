using Akka.Actor;

namespace Akka.Persistence.Tests;

public sealed class PersistTests : PersistenceTest
{
    [Fact]
    public void An_event_is_applied_when_it_is_durable_and_replayed_to_the_next_incarnation()
    {
        var actor = Start("a", Echo);
        actor.Tell("one");
        actor.Tell("two");
        ExpectAll("one", "two");
        StopAndWait(actor);

        var again = Start("a", Echo);
        Assert.Equal(["one", "two"], Known(again));
        again.Tell("three");
        ExpectMsg("three");
        Assert.Equal(["one", "two", "three"], Known(again));
    }

    [Fact]
    public void Handlers_run_in_the_order_of_their_events_before_the_next_command()
    {
        var actor = Start("a", (self, m) =>
        {
            self.Persist($"{m}-1", e => self.Probe.Tell(e));
            self.Persist($"{m}-2", e => self.Probe.Tell(e));
            self.Probe.Tell($"{m} received");
        });
        actor.Tell("x");
        actor.Tell("y");
        ExpectAll("x received", "x-1", "x-2", "y received", "y-1", "y-2");
    }

    [Fact]
    public void The_sender_of_the_command_is_the_sender_in_the_handler()
    {
        var actor = Start("a", (self, m) => self.Persist(m, e => self.Sender.Tell($"ack {e}")));
        var first = CreateTestProbe();
        var second = CreateTestProbe();
        actor.Tell(1, first.Ref);
        actor.Tell(2, second.Ref);
        first.ExpectMsg("ack 1");
        second.ExpectMsg("ack 2");
    }

    [Fact]
    public void A_handler_may_persist_again_and_commands_wait_for_that_too()
    {
        var actor = Start("a", (self, m) =>
        {
            self.Probe.Tell($"{m} received");
            self.Persist($"{m}-outer", outer =>
            {
                self.Probe.Tell(outer);
                self.Persist($"{m}-inner", inner => self.Probe.Tell(inner));
            });
        });
        actor.Tell("x");
        actor.Tell("y");
        ExpectAll("x received", "x-outer", "x-inner", "y received", "y-outer", "y-inner");
    }

    [Fact]
    public void PersistAll_gives_each_event_its_handler_call_and_number()
    {
        var actor = Start("a", (self, m) => self.PersistAll([$"{m}-1", $"{m}-2", $"{m}-3"], e => self.Probe.Tell((e, self.LastSequenceNr))));
        actor.Tell("x");
        ExpectAll(("x-1", 1L), ("x-2", 2L), ("x-3", 3L));
    }

    [Fact]
    public void PersistAll_of_nothing_keeps_no_command_waiting()
    {
        var actor = Start("a", (self, m) =>
        {
            self.PersistAll(Array.Empty<string>(), _ => self.Probe.Tell("never"));
            self.Probe.Tell(m);
        });
        actor.Tell("x");
        actor.Tell("y");
        ExpectAll("x", "y");
    }

    [Fact]
    public void Commands_go_on_while_events_of_PersistAsync_are_written()
    {
        var actor = Start("a", (self, m) =>
        {
            self.Probe.Tell(m);
            if (m is 1)
            {
                // Two commands are already in the mailbox: they come before the journal's answer can.
                self.Self.Tell(2);
                self.Self.Tell(3);
                self.PersistAsync("event", e => self.Probe.Tell(e));
            }
        });
        actor.Tell(1);
        ExpectAll(1, 2, 3, "event");
    }

    [Fact]
    public void Handlers_of_PersistAsync_keep_the_order_of_their_commands()
    {
        var actor = Start("a", (self, m) =>
        {
            self.PersistAsync($"{m}-1", e => self.Probe.Tell(e));
            self.PersistAllAsync([$"{m}-2", $"{m}-3"], e => self.Probe.Tell(e));
        });
        foreach (var i in Enumerable.Range(0, 50))
        {
            actor.Tell(i);
        }

        ExpectAll([.. Enumerable.Range(0, 50).SelectMany(i => new object[] { $"{i}-1", $"{i}-2", $"{i}-3" })]);
    }

    [Fact]
    public void Persist_and_PersistAsync_mix_in_the_order_they_were_called()
    {
        var actor = Start("a", (self, m) =>
        {
            self.Probe.Tell($"{m} received");
            self.PersistAsync($"{m}-async", e => self.Probe.Tell(e));
            self.Persist($"{m}-sync", e => self.Probe.Tell(e));
            self.PersistAsync($"{m}-async-2", e => self.Probe.Tell(e));
        });
        actor.Tell("x");
        ExpectAll("x received", "x-async", "x-sync", "x-async-2");
        actor.Tell("y");
        ExpectAll("y received", "y-async", "y-sync", "y-async-2");
    }

    [Fact]
    public void Persist_in_a_handler_of_PersistAsync_makes_commands_wait()
    {
        var actor = Start("a", (self, m) =>
        {
            self.Probe.Tell(m);
            self.PersistAsync($"{m}-outer", outer =>
            {
                self.Self.Tell("next");
                self.Probe.Tell(outer);
                self.Persist($"{m}-inner", inner =>
                {
                    self.Probe.Tell(inner);
                    self.SwitchTo((_, command) => self.Probe.Tell($"then {command}"));
                });
            });
        });
        actor.Tell("x");
        ExpectAll("x", "x-outer", "x-inner", "then next");
        actor.Tell("later");
        ExpectMsg("then later");
    }

    [Fact]
    public void DeferAsync_runs_after_the_handlers_before_it_and_writes_nothing()
    {
        var actor = Start("a", (self, m) =>
        {
            self.PersistAsync($"{m}-1", e => self.Probe.Tell(e));
            self.DeferAsync($"{m}-deferred", e => self.Probe.Tell(e));
            self.PersistAsync($"{m}-2", e => self.Probe.Tell(e));
            self.DeferAsync($"{m}-deferred-2", e => self.Probe.Tell(e));
        });
        actor.Tell("x");
        ExpectAll("x-1", "x-deferred", "x-2", "x-deferred-2");
        StopAndWait(actor);
        Assert.Equal(["x-1", "x-2"], Known(Start("a", Echo)));
    }

    [Fact]
    public void DeferAsync_without_a_pending_event_runs_at_once()
    {
        var actor = Start("a", (self, m) =>
        {
            self.DeferAsync($"{m}-deferred", e => self.Probe.Tell(e));
            self.Probe.Tell(m);
        });
        actor.Tell("x");
        ExpectAll("x-deferred", "x");
    }

    [Fact]
    public void DeferAsync_keeps_the_sender_and_waits_for_Persist()
    {
        var actor = Start("a", (self, m) =>
        {
            self.Persist(m, e => self.Sender.Tell($"persisted {e}"));
            self.DeferAsync(m, e => self.Sender.Tell($"deferred {e}"));
        });
        actor.Tell(7, TestActor);
        ExpectAll("persisted 7", "deferred 7");
    }

    [Fact]
    public void Nothing_can_be_persisted_during_recovery()
    {
        Start("a", Echo).Tell("one");
        ExpectMsg("one");
        Start("a", Echo, (self, m) =>
        {
            if (m is "one")
            {
                self.Probe.Tell(Assert.Throws<InvalidOperationException>(() => self.Persist("two", _ => { })).GetType());
            }
        });
        ExpectMsg(typeof(InvalidOperationException));
    }

    [Fact]
    public void Events_persisted_on_RecoveryCompleted_are_handled_before_the_first_command()
    {
        var actor = Start("a", (self, m) => self.Probe.Tell(m), (self, m) =>
        {
            if (m is RecoveryCompleted)
            {
                self.Persist("born", e => self.Probe.Tell(e));
            }
        });
        actor.Tell("command");
        ExpectAll("born", "command");
    }

    [Fact]
    public void A_thousand_commands_queued_before_recovery_ends_are_handled_in_order()
    {
        var actor = Start("a", Echo);
        foreach (var i in Enumerable.Range(0, 1000))
        {
            actor.Tell(i);
        }

        ExpectAll([.. Enumerable.Range(0, 1000).Cast<object>()]);
        Assert.Equal(Enumerable.Range(0, 1000).Cast<object>(), Known(actor));
    }

    [Fact]
    public void A_command_that_awaits_and_persists_finishes_before_the_next_one()
    {
        var actor = Start("a", (self, m) => self.Await(async () =>
        {
            await Task.Yield();
            self.Persist($"{m}-1", e => self.Probe.Tell(e));
            await Task.Yield();
            self.Persist($"{m}-2", e => self.Probe.Tell(e));
            self.Probe.Tell($"{m} done");
        }));
        actor.Tell("x");
        actor.Tell("y");
        ExpectAll("x done", "x-1", "x-2", "y done", "y-1", "y-2");
    }
}
