using Akka.Actor;

namespace Akka.Persistence.Tests;

public sealed class SnapshotTests : PersistenceTest
{
    private static void Behave(Scripted self, object message)
    {
        switch (message)
        {
            case "snap":
                self.SaveSnapshot(self.Known.ToArray());
                break;
            case SnapshotSelectionCriteria criteria:
                self.DeleteSnapshots(criteria);
                break;
            case long number:
                self.DeleteSnapshot(number);
                break;
            case ISnapshotResponse:
                self.Probe.Tell(message);
                break;
            default:
                Echo(self, message);
                break;
        }
    }

    private IActorRef WithThreeSnapshots()
    {
        var actor = Start("a", Behave);
        foreach (var letter in new[] { "a", "b", "c", "d" })
        {
            actor.Tell(letter);
            ExpectMsg(letter);
            if (letter != "d")
            {
                actor.Tell("snap");
                Assert.Equal(letter[0] - 'a' + 1, ExpectMsg<SaveSnapshotSuccess>().Metadata.SequenceNr);
            }
        }

        return actor;
    }

    private object[] Recover(Recovery recovery, out object[] recovered)
    {
        var messages = new List<object>();
        var known = Known(Start("a", Behave, (_, m) => messages.Add(m), recovery));
        recovered = [.. messages];
        return known;
    }

    [Fact]
    public void Recovery_starts_from_the_latest_snapshot()
    {
        StopAndWait(WithThreeSnapshots());
        Assert.Equal(["a", "b", "c", "d"], Recover(Recovery.Default, out var messages));
        var offer = Assert.IsType<SnapshotOffer>(messages[0]);
        Assert.Equal(("a", 3L), (offer.Metadata.PersistenceId, offer.Metadata.SequenceNr));
        Assert.Equal(["d", RecoveryCompleted.Instance], messages[1..]);
    }

    [Fact]
    public void Recovery_takes_an_older_snapshot_when_asked()
    {
        StopAndWait(WithThreeSnapshots());
        Assert.Equal(["a", "b", "c", "d"], Recover(new Recovery(new SnapshotSelectionCriteria(2)), out var messages));
        Assert.Equal(2, Assert.IsType<SnapshotOffer>(messages[0]).Metadata.SequenceNr);
        Assert.Equal(["a", "b"], Recover(new Recovery(SnapshotSelectionCriteria.Latest, 2), out messages));
        Assert.Equal(2, Assert.IsType<SnapshotOffer>(messages[0]).Metadata.SequenceNr);
        Assert.Equal(["a", "b", "c", "d"], Recover(new Recovery(SnapshotSelectionCriteria.None), out messages));
        Assert.Equal(["a", "b", "c", "d", RecoveryCompleted.Instance], messages);
    }

    [Fact]
    public void One_snapshot_can_be_deleted()
    {
        var actor = WithThreeSnapshots();
        actor.Tell(3L);
        Assert.Equal(3, ExpectMsg<DeleteSnapshotSuccess>().Metadata.SequenceNr);
        StopAndWait(actor);
        Recover(Recovery.Default, out var messages);
        Assert.Equal(2, Assert.IsType<SnapshotOffer>(messages[0]).Metadata.SequenceNr);
    }

    [Fact]
    public void Snapshots_can_be_deleted_by_criteria()
    {
        var actor = WithThreeSnapshots();
        var criteria = new SnapshotSelectionCriteria(2);
        actor.Tell(criteria);
        ExpectMsg(new DeleteSnapshotsSuccess(criteria));
        Recover(new Recovery(criteria), out var messages);
        Assert.Equal("a", messages[0]);
        Recover(Recovery.Default, out messages);
        Assert.Equal(3, Assert.IsType<SnapshotOffer>(messages[0]).Metadata.SequenceNr);

        actor.Tell(SnapshotSelectionCriteria.Latest);
        ExpectMsg(new DeleteSnapshotsSuccess(SnapshotSelectionCriteria.Latest));
        Recover(Recovery.Default, out messages);
        Assert.Equal("a", messages[0]);
    }

    [Fact]
    public void Events_may_go_when_a_snapshot_holds_them()
    {
        var actor = WithThreeSnapshots();
        StopAndWait(actor);
        var deleter = Start("a", (self, m) =>
        {
            if (m is "delete")
            {
                self.DeleteMessages(3);
            }
            else
            {
                self.Probe.Tell(m);
            }
        });
        deleter.Tell("delete");
        ExpectMsg(new DeleteMessagesSuccess(3));
        StopAndWait(deleter);
        Assert.Equal(["a", "b", "c", "d"], Recover(Recovery.Default, out _));
        Assert.Equal(["d"], Recover(new Recovery(SnapshotSelectionCriteria.None), out _));
    }

    [Fact]
    public void A_snapshot_that_cannot_be_applied_stops_the_actor()
    {
        StopAndWait(WithThreeSnapshots());
        var actor = Start("a", Behave, (_, m) =>
        {
            if (m is SnapshotOffer)
            {
                throw new InvalidOperationException("cannot apply");
            }
        });
        Watch(actor);
        Assert.Equal("cannot apply", ExpectMsg<ValueTuple<string, object, string>>().Item3);
        ExpectTerminated(actor);
    }
}
