using Akka.Actor;
using Akka.Persistence.Journal;

namespace Akka.Persistence.Tests;

public sealed class ReplayFilterTests : PersistenceTest
{
    private static readonly RecoverySuccess Done = new(15);

    private static ReplayedMessage Event(long nr, string writer) => new(new Persistent($"m{nr}", nr, "p", writerGuid: writer));

    private IActorRef Filter(ReplayFilterMode mode, int window = 2, int writers = 10) =>
        Sys.ActorOf(ReplayFilter.Props(TestActor, mode, window, writers, false));

    private static void Feed(IActorRef filter, params object[] messages)
    {
        foreach (var message in messages)
        {
            filter.Tell(message);
        }
    }

    [Fact]
    public void Events_of_one_writer_pass()
    {
        var (m1, m2, m3) = (Event(13, "a"), Event(14, "a"), Event(15, "a"));
        Feed(Filter(ReplayFilterMode.RepairByDiscardOld), m1, m2, m3, Done);
        ExpectAll(m1, m2, m3, Done);
    }

    [Fact]
    public void Events_of_writers_one_after_another_pass()
    {
        var (m1, m2, m3) = (Event(13, "a"), Event(14, "b"), Event(15, "c"));
        Feed(Filter(ReplayFilterMode.RepairByDiscardOld), m1, m2, m3, Done);
        ExpectAll(m1, m2, m3, Done);
    }

    [Fact]
    public void The_old_writers_events_are_discarded_when_a_new_one_overlaps()
    {
        var (m1, m2, m3, n3) = (Event(13, "a"), Event(14, "a"), Event(15, "a"), Event(15, "b"));
        Feed(Filter(ReplayFilterMode.RepairByDiscardOld, window: 100), m1, m2, m3, n3, Done);
        ExpectAll(m1, m2, n3, Done);
    }

    [Fact]
    public void Late_events_of_an_old_writer_are_discarded()
    {
        var (m1, n2, m2) = (Event(13, "a"), Event(14, "b"), Event(15, "a"));
        Feed(Filter(ReplayFilterMode.RepairByDiscardOld, window: 100), m1, n2, m2, Done);
        ExpectAll(m1, n2, Done);
    }

    [Fact]
    public void Events_out_of_order_are_discarded()
    {
        var (m1, m3, m2) = (Event(13, "a"), Event(15, "a"), Event(14, "a"));
        Feed(Filter(ReplayFilterMode.RepairByDiscardOld), m1, m3, m2, Done);
        ExpectAll(m1, m3, Done);
    }

    [Fact]
    public void In_mode_warn_everything_passes()
    {
        var (m1, n2, m2) = (Event(13, "a"), Event(14, "b"), Event(14, "a"));
        EventFilter.Warning(start: "Invalid replayed event").ExpectOne(() =>
        {
            Feed(Filter(ReplayFilterMode.Warn, window: 100), m1, n2, m2, Done);
            ExpectAll(m1, n2, m2, Done);
        });
    }

    [Fact]
    public void In_mode_fail_the_replay_fails_and_nothing_more_comes()
    {
        EventFilter.Error(start: "Invalid replayed event").ExpectOne(() =>
        {
            Feed(Filter(ReplayFilterMode.Fail, window: 100), Event(13, "a"), Event(14, "b"), Event(14, "a"), Event(15, "a"), Done);
            Assert.Contains("14", ExpectMsg<ReplayMessagesFailure>().Cause.Message, StringComparison.Ordinal);
        });
        ExpectNoMsg(50);
    }

    [Fact]
    public void Senseless_settings_are_refused()
    {
        Assert.Throws<ArgumentNullException>(() => Filter(ReplayFilterMode.Disabled));
        Assert.Throws<ArgumentNullException>(() => Filter(ReplayFilterMode.Fail, window: 0));
        Assert.Throws<ArgumentNullException>(() => Filter(ReplayFilterMode.Fail, writers: 0));
    }
}
