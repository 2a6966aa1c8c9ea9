using Akka.Actor;
using Akka.TestKit.Configs;

namespace Akka.TestKit.Tests;

public class TestSchedulerTests : Xunit2.TestKit
{
    public TestSchedulerTests() : base(TestConfigs.TestSchedulerConfig)
    {
    }

    private TestScheduler Scheduler => (TestScheduler)Sys.Scheduler;

    [Fact]
    public void Time_stands_still_until_the_test_moves_it()
    {
        var start = Scheduler.Now;
        Scheduler.ScheduleTellOnce(TimeSpan.FromSeconds(2), TestActor, "two", ActorRefs.NoSender);
        Scheduler.ScheduleTellOnce(TimeSpan.FromSeconds(1), TestActor, "one", ActorRefs.NoSender);

        Scheduler.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(HasMessages);
        Scheduler.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(["one", "two"], ReceiveN(2));
        Assert.Equal(TimeSpan.FromMilliseconds(2999), Scheduler.Now - start);
        Assert.Throws<InvalidOperationException>(() => Scheduler.AdvanceTo(start));
    }

    [Fact]
    public void A_repeated_timer_fires_once_for_each_move()
    {
        var cancelable = new Cancelable(Sys.Scheduler);
        Scheduler.ScheduleTellRepeatedly(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TestActor, "tick", ActorRefs.NoSender, cancelable);

        Scheduler.Advance(TimeSpan.FromSeconds(3));
        Assert.Single(ReceiveWhile<string>(_ => true, max: TimeSpan.FromSeconds(30), idle: TimeSpan.FromMilliseconds(50)));
        Scheduler.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(ReceiveWhile<string>(_ => true, max: TimeSpan.FromSeconds(30), idle: TimeSpan.FromMilliseconds(50)));
        cancelable.Cancel();
        Scheduler.Advance(TimeSpan.FromSeconds(5));
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }
}
