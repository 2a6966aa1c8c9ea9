using Akka.Actor;

namespace Akka.Persistence.Tests;

public sealed class RecoveryTests : PersistenceTest
{
    private void Write(string id, int count)
    {
        var actor = Start(id, Echo);
        foreach (var i in Enumerable.Range(1, count))
        {
            actor.Tell(i);
        }

        ExpectAll([.. Enumerable.Range(1, count).Cast<object>()]);
        StopAndWait(actor);
    }

    [Fact]
    public void RecoveryCompleted_comes_last_and_the_sequence_number_is_known()
    {
        Write("a", 3);
        Start("a", Echo, (self, m) => self.Probe.Tell((m is RecoveryCompleted ? "completed" : m, self.LastSequenceNr, self.IsRecovering)));
        ExpectAll(((object)1, 1L, true), ((object)2, 2L, true), ((object)3, 3L, true), ((object)"completed", 3L, false));
    }

    [Fact]
    public void Recovery_goes_no_further_than_asked()
    {
        Write("a", 5);
        Assert.Equal([1, 2, 3], Known(Start("a", Echo, recovery: new Recovery(SnapshotSelectionCriteria.Latest, 3))));
        Assert.Equal([1, 2], Known(Start("a", Echo, recovery: new Recovery(SnapshotSelectionCriteria.Latest, long.MaxValue, 2))));
    }

    [Fact]
    public void Without_recovery_new_events_follow_the_old_ones()
    {
        Write("a", 2);
        var actor = Start("a", (self, m) => self.Persist(m, e => self.Probe.Tell((e, self.LastSequenceNr))), recovery: Recovery.None);
        Assert.Empty(Known(actor));
        actor.Tell(3);
        ExpectMsg(((object)3, 3L));
    }

    [Fact]
    public void Deleted_events_are_not_replayed_and_their_numbers_not_used_again()
    {
        Write("a", 3);
        var actor = Start("a", (self, m) =>
        {
            switch (m)
            {
                case "delete":
                    self.DeleteMessages(self.LastSequenceNr);
                    break;
                case DeleteMessagesSuccess:
                    self.Probe.Tell(m);
                    break;
                default:
                    self.Persist(m, e => self.Probe.Tell((e, self.LastSequenceNr)));
                    break;
            }
        });
        actor.Tell("delete");
        ExpectMsg(new DeleteMessagesSuccess(3));
        StopAndWait(actor);

        var again = Start("a", (self, m) => self.Persist(m, e => self.Probe.Tell((e, self.LastSequenceNr))));
        Assert.Empty(Known(again));
        again.Tell("x");
        ExpectMsg(((object)"x", 4L));
    }

    [Fact]
    public void Two_actors_recover_their_own_events()
    {
        Write("a", 2);
        Write("b", 3);
        Assert.Equal([1, 2], Known(Start("a", Echo)));
        Assert.Equal([1, 2, 3], Known(Start("b", Echo)));
    }

    [Fact]
    public void An_actor_without_a_persistence_id_does_not_start()
    {
        var actor = Sys.ActorOf(Scripted(null!, Echo), "nobody");
        Watch(actor);
        ExpectTerminated(actor);
    }
}
