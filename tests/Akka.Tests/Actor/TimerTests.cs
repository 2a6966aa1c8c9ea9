using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;

namespace Akka.Tests.Actor;

public sealed class TimerTests : TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public TimerTests() : base(ConfigurationFactory.ParseString(
        "akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\", akka.loglevel = OFF, akka.stdout-loglevel = OFF, akka.test.single-expect-default = 30s"))
    {
    }

    private TestScheduler Scheduler => (TestScheduler)Sys.Scheduler;

    [Fact]
    public void A_constructor_may_start_a_timer()
    {
        var actor = Timed(timers => timers.StartSingleTimer("k", "from the constructor", Second));
        Scheduler.Advance(Second);
        ExpectMsg("from the constructor");
        Assert.False(IsActive(actor));
    }

    [Fact]
    public void A_timer_of_the_same_key_takes_the_place_of_the_one_before()
    {
        var actor = Timed(timers => timers.StartPeriodicTimer("k", "old", Second));
        Do(actor, timers => timers.StartSingleTimer("k", "new", Second));
        Scheduler.Advance(Second);
        ExpectMsg("new");
        Scheduler.Advance(Second);
        Assert.False(IsActive(actor));
    }

    [Fact]
    public void A_tick_that_waits_in_the_mailbox_is_lost_when_its_timer_is_cancelled()
    {
        var actor = Timed(timers => timers.StartPeriodicTimer("k", "tick", Second));
        using var gate = new ManualResetEventSlim();
        actor.Tell((Action<ITimerScheduler>)(timers =>
        {
            gate.Wait(TimeSpan.FromSeconds(10));
            timers.Cancel("k");
        }));
        Scheduler.Advance(Second);
        gate.Set();
        Assert.False(IsActive(actor));
    }

    [Fact]
    public void A_restart_cancels_the_timers_and_drops_ticks_of_the_old_instance()
    {
        var starts = 0;
        var actor = Timed(timers =>
        {
            if (starts++ == 0)
                timers.StartPeriodicTimer("k", "tick", Second);
        });
        actor.Tell(new InvalidOperationException("on purpose"));
        Assert.False(IsActive(actor));
        Scheduler.Advance(Second);
        Assert.False(IsActive(actor));
    }

    private IActorRef Timed(Action<ITimerScheduler> construct)
    {
        var actor = Sys.ActorOf(Props.Create(() => new TimedActor(construct, TestActor)));
        IsActive(actor);
        return actor;
    }

    private void Do(IActorRef actor, Action<ITimerScheduler> action)
    {
        actor.Tell(action);
        IsActive(actor);
    }

    /// <summary>Also fails when a tick has come before.</summary>
    private bool IsActive(IActorRef actor)
    {
        actor.Tell("?");
        return ExpectMsg<bool>();
    }

    private sealed class TimedActor : ReceiveActor, IWithTimers
    {
        public TimedActor(Action<ITimerScheduler> construct, IActorRef probe)
        {
            construct(Timers);
            Receive<Exception>(e => throw e);
            Receive<Action<ITimerScheduler>>(action => action(Timers));
            Receive<string>(m => m == "?", _ => probe.Tell(Timers.IsTimerActive("k")));
            ReceiveAny(m => probe.Tell(m));
        }

        public ITimerScheduler Timers { get; set; } = null!;
    }
}
