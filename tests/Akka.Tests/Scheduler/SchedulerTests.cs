using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Tests.Scheduler;

public class SchedulerTests : TestKit.Xunit2.TestKit
{
    private readonly HashedWheelTimerScheduler _scheduler =
        new(ConfigurationFactory.ParseString("akka.scheduler { tick-duration = 1ms, shutdown-timeout = 5s }"), NoLogger.Instance);

    public SchedulerTests() : base(ConfigurationFactory.ParseString("akka.test.single-expect-default = 30s"))
    {
    }

    private IScheduler Scheduler => _scheduler;

    [Fact]
    public void Messages_come_in_the_order_of_their_time()
    {
        Scheduler.ScheduleTellOnce(20, TestActor, "a", ActorRefs.NoSender);
        Scheduler.ScheduleTellOnce(20, TestActor, "b", ActorRefs.NoSender);
        Scheduler.ScheduleTellOnce(40, TestActor, "c", ActorRefs.NoSender);

        Assert.Equal(["a", "b", "c"], ReceiveN(3));
    }

    [Fact]
    public void Nothing_comes_before_its_time()
    {
        var begin = Scheduler.MonotonicClock;
        Scheduler.Advanced.ScheduleOnce(TimeSpan.FromMilliseconds(30), () => TestActor.Tell(Scheduler.MonotonicClock - begin));

        Assert.True(ExpectMsg<TimeSpan>() >= TimeSpan.FromMilliseconds(30));
    }

    [Fact]
    public void A_cancelled_timer_leaves_at_once()
    {
        var timers = Enumerable.Range(0, 1000).Select(i => Scheduler.ScheduleTellOnceCancelable(TimeSpan.FromHours(1 + i % 7), TestActor, i, ActorRefs.NoSender)).ToList();
        Assert.Equal(1000, _scheduler.Pending);
        foreach (var timer in timers.Where((_, i) => i % 3 == 0))
            timer.Cancel();

        Assert.Equal(666, _scheduler.Pending);
        timers.ForEach(timer => timer.Cancel());
        Assert.Equal(0, _scheduler.Pending);
        Assert.True(timers[0].Token.IsCancellationRequested);
    }

    [Fact]
    public void A_million_timers_may_wait()
    {
        var timers = new ICancelable[1_000_000];
        for (var i = 0; i < timers.Length; i++)
            timers[i] = Scheduler.ScheduleTellOnceCancelable(TimeSpan.FromMinutes(10 + i * 7919L % 5000), TestActor, "late", ActorRefs.NoSender);
        Scheduler.ScheduleTellOnce(1, TestActor, "soon", ActorRefs.NoSender);

        ExpectMsg("soon");
        foreach (var timer in timers)
            timer.Cancel();
        Assert.Equal(0, _scheduler.Pending);
    }

    [Fact]
    public void A_repeated_timer_keeps_its_rhythm_until_it_is_cancelled()
    {
        var begin = Scheduler.MonotonicClock;
        var ticks = new List<TimeSpan>();
        using var enough = new ManualResetEventSlim();
        ICancelable? timer = null;
        timer = Scheduler.Advanced.ScheduleRepeatedlyCancelable(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(10), () =>
        {
            ticks.Add(Scheduler.MonotonicClock - begin);
            if (ticks.Count < 20)
                return;
            timer!.Cancel();
            enough.Set();
        });

        Assert.True(enough.Wait(TimeSpan.FromSeconds(20)));
        // A busy machine makes single ticks late, never early: the n-th comes after n intervals.
        Assert.All(ticks.Select((at, i) => (at, i)), tick => Assert.True(tick.at >= TimeSpan.FromMilliseconds(10 * (tick.i + 1) - 1)));
        Assert.Equal(0, _scheduler.Pending);
    }

    [Fact]
    public void What_throws_does_not_stop_the_others()
    {
        Scheduler.Advanced.ScheduleOnce(1, () => throw new InvalidOperationException("on purpose"));
        Scheduler.Advanced.ScheduleRepeatedly(1, 1, () => throw new InvalidOperationException("on purpose"));
        Scheduler.ScheduleTellOnce(20, TestActor, "alive", ActorRefs.NoSender);

        ExpectMsg("alive");
        AwaitCondition(() => _scheduler.Pending == 0);
    }

    [Fact]
    public void Times_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Scheduler.ScheduleTellOnce(-1, TestActor, "x", ActorRefs.NoSender));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scheduler.ScheduleTellRepeatedly(0, 0, TestActor, "x", ActorRefs.NoSender));
        Assert.Throws<ConfigurationException>(() => new HashedWheelTimerScheduler(Config.Empty, NoLogger.Instance));
    }

    [Fact]
    public void After_the_end_nothing_can_be_scheduled()
    {
        Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(500), TestActor, "never", ActorRefs.NoSender);
        _scheduler.Dispose();

        Assert.Throws<SchedulerException>(() => Scheduler.ScheduleTellOnce(1, TestActor, "x", ActorRefs.NoSender));
        ExpectNoMsg(TimeSpan.FromMilliseconds(700));
    }

    [Fact]
    public void Cancelables_cancel_each_other_and_themselves()
    {
        var first = new Cancelable(Scheduler);
        var linked = Cancelable.CreateLinkedCancelable(Scheduler, first, new Cancelable(Scheduler));
        Assert.False(linked.IsCancellationRequested);
        first.Cancel();
        Assert.True(linked.IsCancellationRequested);
        Assert.True(Cancelable.CreateCanceled().IsCancellationRequested);

        var later = new Cancelable(Scheduler, 10);
        AwaitCondition(() => later.IsCancellationRequested, null, TimeSpan.FromMilliseconds(5));
        later.Dispose();
        Assert.Throws<ObjectDisposedException>(later.Cancel);
        ((ICancelable?)null).CancelIfNotNull();
    }

    protected override void AfterAll() => _scheduler.Dispose();
}
