using Akka.Actor;
using Akka.Event;
using Akka.Pattern;
using Script = Akka.Tests.Scripted.Script;

namespace Akka.Tests.Pattern;

public sealed class BackoffTests : ActorTest
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    [Fact]
    public void A_child_that_stops_comes_back_until_it_has_stopped_too_often()
    {
        var starts = new Script { PreStart = context => Probe.Ref.Tell("start"), Receive = (_, m) => Probe.Ref.Tell(m) };
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(
            Backoff.OnStop(starts.ToProps(), "child", Short, Short, 0, 2).WithManualReset()));
        Probe.Watch(supervisor);
        for (var i = 0; i < 2; i++)
        {
            Probe.Expect("start");
            Child(supervisor).Tell(PoisonPill.Instance);
        }

        Probe.Expect("start");
        Assert.Equal(2, supervisor.Ask<BackoffSupervisor.RestartCount>(BackoffSupervisor.GetRestartCount.Instance, Patience).Result.Count);
        supervisor.Tell("passed on");
        Probe.Expect("passed on");
        supervisor.Tell(BackoffSupervisor.Reset.Instance);
        Assert.Equal(0, supervisor.Ask<BackoffSupervisor.RestartCount>(BackoffSupervisor.GetRestartCount.Instance, Patience).Result.Count);
        Child(supervisor).Tell(PoisonPill.Instance);
        Probe.Expect("start");
        Child(supervisor).Tell(PoisonPill.Instance);
        Probe.Expect("start");
        Child(supervisor).Tell(PoisonPill.Instance);
        Probe.ExpectEndOf(supervisor);
    }

    [Fact]
    public void While_there_is_no_child_senders_get_the_reply()
    {
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(
            Backoff.OnStop(new Script { PostStop = _ => Probe.Ref.Tell("gone") }.ToProps(), "child", Long, Long, 0, -1).WithReplyWhileStopped("later")));
        Child(supervisor).Tell(PoisonPill.Instance);
        Probe.Expect("gone");
        Assert.True(SpinWait.SpinUntil(() => supervisor.Ask<BackoffSupervisor.CurrentChild>(BackoffSupervisor.GetCurrentChild.Instance, Patience).Result.Ref is null, Patience));
        supervisor.Tell("?", Probe.Ref);
        Probe.Expect("later");
    }

    [Fact]
    public void On_failure_a_failing_child_comes_back_and_a_stopping_one_ends_its_supervisor()
    {
        var script = new Script { PreStart = _ => Probe.Ref.Tell("start") };
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(Backoff.OnFailure(script.ToProps(), "child", Short, Short, 0, -1)));
        Probe.Watch(supervisor);
        var seen = new[] { Probe.Next() };
        Assert.Equal(["start"], seen);
        Child(supervisor).Tell(new InvalidOperationException());
        Probe.Expect("start");
        Child(supervisor).Tell(PoisonPill.Instance);
        Probe.ExpectEndOf(supervisor);
    }

    [Fact]
    public void Delays_double_up_to_the_maximum_and_are_drawn_out_by_chance()
    {
        var min = TimeSpan.FromSeconds(1);
        var max = TimeSpan.FromSeconds(10);
        Assert.Equal([1, 2, 4, 8, 10, 10], Enumerable.Range(0, 6).Select(i => BackoffSettings.Delay(Sys, i, min, max, 0).TotalSeconds));
        Assert.Equal(max, BackoffSettings.Delay(Sys, 1000, min, max, 1));
        var drawn = Enumerable.Range(0, 100).Select(_ => BackoffSettings.Delay(Sys, 0, min, max, 0.5)).ToList();
        Assert.All(drawn, d => Assert.InRange(d, min, min * 1.5));
        Assert.True(drawn.Distinct().Count() > 50);
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentException>(() => BackoffSupervisor.Props(Props.Empty, "c", TimeSpan.Zero, Long, 0));
        Assert.Throws<ArgumentException>(() => BackoffSupervisor.Props(Props.Empty, "c", Long, Short, 0));
        Assert.Throws<ArgumentException>(() => BackoffSupervisor.Props(Props.Empty, "c", Short, Long, 2));
    }

    private IActorRef Child(IActorRef supervisor)
    {
        IActorRef? child = null;
        Assert.True(SpinWait.SpinUntil(
            () => (child = supervisor.Ask<BackoffSupervisor.CurrentChild>(BackoffSupervisor.GetCurrentChild.Instance, Patience).Result.Ref) is not null, Patience));
        return child!;
    }
}
