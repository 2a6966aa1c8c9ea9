using Akka.Actor;
using Script = Akka.Tests.Scripted.Script;

namespace Akka.Tests.Actor;

public sealed class DeathWatchTests : ActorTest
{
    [Fact]
    public void Each_watcher_gets_one_notice_however_often_it_asked()
    {
        var subject = Sys.ActorOf(new Script().ToProps());
        Probe.Watch(subject);
        Probe.Watch(subject);
        var second = new Probe(Sys);
        second.Watch(subject);
        Sys.Stop(subject);
        Probe.ExpectEndOf(subject);
        second.ExpectEndOf(subject);
        Probe.ExpectNothingMore();
    }

    [Fact]
    public void An_actor_that_is_gone_already_is_reported_at_once()
    {
        var subject = Sys.ActorOf(new Script().ToProps());
        Probe.Watch(subject);
        Sys.Stop(subject);
        Probe.ExpectEndOf(subject);
        Probe.Watch(subject);
        var again = Probe.Next<Terminated>();
        Assert.Equal(subject, again.ActorRef);
        Assert.False(again.ExistenceConfirmed);
    }

    [Fact]
    public void After_unwatch_no_notice_comes_even_if_one_was_in_the_mailbox()
    {
        var subject = Sys.ActorOf(new Script().ToProps());
        var watcher = Sys.ActorOf(new Script { Receive = (_, m) => Probe.Ref.Tell(m) }.ToProps());
        watcher.Tell((Action<IActorContext>)(context =>
        {
            context.Watch(subject);
            Assert.True(subject.GracefulStop(Patience).Result);
            Thread.Yield();
            context.Unwatch(subject);
        }));
        watcher.Tell("next");
        Probe.Expect("next");
        Probe.ExpectNothingMore();
    }

    [Fact]
    public void WatchWith_sends_the_message_and_refuses_another_one()
    {
        var subject = Sys.ActorOf(new Script().ToProps());
        var watcher = Sys.ActorOf(new Script { Receive = (_, m) => Probe.Ref.Tell(m) }.ToProps());
        watcher.Tell((Action<IActorContext>)(context =>
        {
            context.WatchWith(subject, "gone");
            context.WatchWith(subject, "gone");
            Probe.Ref.Tell(Record.Exception(() => context.Watch(subject)));
        }));
        Probe.Next<InvalidOperationException>();
        Sys.Stop(subject);
        Probe.Expect("gone");
    }

    [Fact]
    public void An_actor_that_does_not_handle_the_notice_dies_of_its_death_pact()
    {
        var subject = Sys.ActorOf(new Script().ToProps());
        var watcher = Sys.ActorOf(new Script().ToProps());
        watcher.Tell((Action<IActorContext>)(context => context.Watch(subject)));
        Probe.Watch(watcher);
        Sys.Stop(subject);
        Probe.ExpectEndOf(watcher);
    }

    [Fact]
    public void A_parent_that_watches_its_child_hears_of_it_before_the_name_is_used_again()
    {
        var parent = Sys.ActorOf(new Script
        {
            Receive = (context, m) =>
            {
                if (m is Terminated t)
                    Probe.Ref.Tell(context.ActorOf(new Script().ToProps(), t.ActorRef.Path.Name).Path.Name);
            },
        }.ToProps());
        parent.Tell((Action<IActorContext>)(context => context.Stop(context.Watch(context.ActorOf(new Script().ToProps(), "child")))));
        Probe.Expect("child");
    }

    [Fact]
    public async Task A_task_waits_for_the_end()
    {
        var subject = Sys.ActorOf(new Script().ToProps());
        var end = subject.WatchAsync();
        Assert.False(end.IsCompleted);
        subject.Tell(PoisonPill.Instance);
        Assert.True(await end.WaitAsync(Patience));
        using var cancelled = new CancellationTokenSource();
        var other = Sys.ActorOf(new Script().ToProps()).WatchAsync(cancelled.Token);
        await cancelled.CancelAsync();
        Assert.False(await other.WaitAsync(Patience));
    }
}
