using Akka.Actor;
using Akka.Event;
using Script = Akka.Tests.Scripted.Script;

namespace Akka.Tests.Actor;

public sealed class SupervisionTests : ActorTest
{
    private static readonly Action<IActorContext, object> Echo = (context, message) => context.Sender.Tell(message, context.Self);

    [Theory]
    [InlineData(Directive.Resume, "1 2", false)]
    [InlineData(Directive.Restart, "2", false)]
    [InlineData(Directive.Stop, null, true)]
    public void The_supervisor_decides_what_becomes_of_the_state(Directive directive, string? seen, bool stops)
    {
        var parent = Sys.ActorOf(new Script { Strategy = new OneForOneStrategy(_ => directive) }.ToProps());
        var child = Child(parent, Props.Create(() => new Memory()));
        Probe.Watch(child);
        child.Tell("1");
        child.Tell(new InvalidOperationException("wanted"));
        if (stops)
        {
            Probe.ExpectEndOf(child);
            return;
        }

        child.Tell("2");
        child.Tell(Memory.Recall, Probe.Ref);
        Probe.Expect(seen!);
    }

    [Fact]
    public void An_escalated_failure_restarts_the_supervisor_and_stops_its_children()
    {
        var top = Sys.ActorOf(new Script { Strategy = new OneForOneStrategy(_ => Directive.Restart) }.ToProps());
        var middle = Child(top, new Script
        {
            Strategy = new OneForOneStrategy(_ => Directive.Escalate),
            PostRestart = (_, e) => Probe.Ref.Tell("restarted by " + e.Message),
        }.ToProps());
        var child = Child(middle, new Script().ToProps());
        Probe.Watch(child);
        child.Tell(new InvalidOperationException("below"));
        var both = new[] { Probe.Next(), Probe.Next() };
        Assert.Contains("restarted by below", both);
        Assert.Contains(both, m => m is Terminated t && t.ActorRef.Equals(child));
    }

    [Fact]
    public void The_message_that_failed_is_handed_to_PreRestart_and_the_children_stop_before_the_new_instance_starts()
    {
        var child = Sys.ActorOf(new Script
        {
            PreStart = _ => Probe.Ref.Tell("start"),
            PreRestart = (context, e, m) =>
            {
                Probe.Ref.Tell($"prerestart {e.Message} {m is InvalidOperationException}");
                foreach (var each in context.GetChildren())
                    context.Stop(each);
            },
            PostRestart = (context, _) => Probe.Ref.Tell($"postrestart with {context.GetChildren().Count()}"),
        }.ToProps());
        Probe.Expect("start");
        Child(child, new Script { PostStop = _ => Probe.Ref.Tell("child stopped") }.ToProps());
        child.Tell(new InvalidOperationException("wanted"));
        Probe.Expect("prerestart wanted True", "child stopped", "postrestart with 0");
    }

    [Fact]
    public void Messages_wait_while_an_actor_restarts()
    {
        var gate = new ManualResetEventSlim();
        var actor = Sys.ActorOf(new Script { Receive = Echo, PreRestart = (_, _, _) => gate.Wait(Patience) }.ToProps());
        actor.Tell(new InvalidOperationException());
        actor.Tell("after", Probe.Ref);
        gate.Set();
        Probe.Expect("after");
    }

    [Fact]
    public void All_for_one_restarts_the_siblings_too()
    {
        var parent = Sys.ActorOf(new Script { Strategy = new AllForOneStrategy(_ => Directive.Restart) }.ToProps());
        var restarts = new Script { Receive = Echo, PostRestart = (context, _) => Probe.Ref.Tell(context.Self) };
        var a = Child(parent, restarts.ToProps());
        var b = Child(parent, restarts.ToProps());
        a.Tell(new InvalidOperationException());
        Assert.Equal(new[] { a, b }.Order(), new[] { Probe.Next<IActorRef>(), Probe.Next<IActorRef>() }.Order());
        b.Tell("alive", Probe.Ref);
        Probe.Expect("alive");
    }

    [Fact]
    public void A_child_that_failed_too_often_within_the_window_stops()
    {
        var parent = Sys.ActorOf(new Script { Strategy = new OneForOneStrategy(2, 60_000, _ => Directive.Restart) }.ToProps());
        var child = Child(parent, new Script { PostRestart = (_, _) => Probe.Ref.Tell("restarted") }.ToProps());
        Probe.Watch(child);
        for (var i = 0; i < 3; i++)
            child.Tell(new InvalidOperationException());
        Probe.Expect("restarted", "restarted");
        Probe.ExpectEndOf(child);
    }

    [Fact]
    public void A_failing_constructor_stops_the_actor_by_default()
    {
        var parent = Sys.ActorOf(new Script().ToProps());
        var child = Child(parent, new Script { Constructor = _ => throw new InvalidOperationException("never") }.ToProps());
        Probe.Watch(child);
        Probe.ExpectEndOf(child);
    }

    [Fact]
    public void The_supervisor_sees_why_an_actor_could_not_start()
    {
        var parent = Sys.ActorOf(new Script
        {
            Strategy = new OneForOneStrategy(e =>
            {
                Probe.Ref.Tell($"{e.GetType().Name} {e.InnerException!.GetType().Name} {e.GetBaseException().Message}");
                return Directive.Stop;
            }),
        }.ToProps());
        Child(parent, new Script { Constructor = _ => throw new InvalidOperationException("never") }.ToProps());
        Probe.Expect("ActorInitializationException TypeLoadException never");
    }

    [Fact]
    public void What_fails_a_start_is_wrapped_even_when_it_says_itself_that_it_cannot_start()
    {
        var parent = Sys.ActorOf(new Script
        {
            Strategy = new OneForOneStrategy(e =>
            {
                Probe.Ref.Tell($"{e.Message}: {e.InnerException!.GetType().Name} {e.InnerException.Message}");
                return Directive.Stop;
            }),
        }.ToProps());
        Child(parent, new Script { PreStart = _ => throw new ActorInitializationException("not today") }.ToProps());
        Probe.Expect("Exception during creation: ActorInitializationException not today");
    }

    [Fact]
    public void A_restart_that_fails_escalates_as_PostRestartException()
    {
        var parent = Sys.ActorOf(new Script
        {
            Strategy = new OneForOneStrategy(e =>
            {
                Probe.Ref.Tell(e.GetType().Name);
                return e is PostRestartException ? Directive.Stop : Directive.Restart;
            }),
        }.ToProps());
        var child = Child(parent, new Script { PostRestart = (_, _) => throw new ArgumentException("again") }.ToProps());
        child.Tell(new InvalidOperationException());
        Probe.Expect("InvalidOperationException", "PostRestartException");
    }

    [Fact]
    public void A_failing_PreRestart_is_logged_and_the_restart_goes_on()
    {
        var actor = Sys.ActorOf(new Script
        {
            Receive = Echo,
            PreRestart = (_, _, _) => throw new ArgumentException("in PreRestart"),
        }.ToProps());
        Sys.EventStream.Subscribe(Probe.Ref, typeof(Error));
        actor.Tell(new InvalidOperationException("wanted"));
        actor.Tell("alive", Probe.Ref);
        var errors = new[] { Probe.Next(), Probe.Next(), Probe.Next() };
        Assert.Contains(errors, e => e is Error { Cause: PreRestartException });
        Assert.Contains("alive", errors);
    }

    [Fact]
    public void A_child_that_PreRestart_spares_is_restarted_with_its_parent()
    {
        var parent = Sys.ActorOf(new Script { PreRestart = (_, _, _) => { } }.ToProps());
        var child = Child(parent, new Script { Receive = Echo, PostRestart = (_, e) => Probe.Ref.Tell("child restarted: " + e.Message) }.ToProps());
        parent.Tell(new InvalidOperationException("above"));
        Probe.Expect("child restarted: above");
        child.Tell("alive", Probe.Ref);
        Probe.Expect("alive");
    }

    [Fact]
    public void Kill_and_poison_stop_an_actor_and_what_it_has_left_goes_to_dead_letters()
    {
        Sys.EventStream.Subscribe(Probe.Ref, typeof(DeadLetter));
        foreach (var end in new object[] { Kill.Instance, PoisonPill.Instance })
        {
            var actor = Sys.ActorOf(new Script().ToProps());
            Probe.Watch(actor);
            actor.Tell((Action<IActorContext>)(context => context.Self.Tell("never", context.Self)));
            actor.Tell((Action<IActorContext>)(context =>
            {
                context.Self.Tell(end);
                context.Self.Tell("lost");
            }));
            var messages = new[] { Probe.Next(), Probe.Next() };
            Assert.Contains(messages, m => m is DeadLetter { Message: "lost" });
            Assert.Contains(messages, m => m is Terminated);
        }
    }

    [Fact]
    public void A_name_is_free_again_once_its_actor_has_stopped_and_not_before()
    {
        var parent = Sys.ActorOf(new Script().ToProps());
        parent.Tell((Action<IActorContext>)(context =>
        {
            context.ActorOf(new Script().ToProps(), "once");
            Probe.Ref.Tell(Record.Exception(() => context.ActorOf(new Script().ToProps(), "once")));
            Probe.Ref.Tell(Record.Exception(() => context.ActorOf(new Script().ToProps(), "$dollar")));
            context.Stop(context.Child("once"));
            Probe.Ref.Tell(Record.Exception(() => context.ActorOf(new Script().ToProps(), "once")));
        }));
        Assert.Equal(@"Actor name ""once"" is not unique!", Probe.Next<InvalidActorNameException>().Message);
        Probe.Next<InvalidActorNameException>();
        Probe.Next<InvalidActorNameException>();
    }

    [Fact]
    public void Ten_thousand_children_stop_with_their_parent()
    {
        var parent = Sys.ActorOf(new Script().ToProps());
        parent.Tell((Action<IActorContext>)(context =>
        {
            for (var i = 0; i < 10_000; i++)
                context.ActorOf(new Script().ToProps());
        }));
        Probe.Watch(parent);
        Sys.Stop(parent);
        Probe.ExpectEndOf(parent);
    }

    [Fact]
    public void An_async_handler_that_fails_fails_its_actor()
    {
        var actor = Sys.ActorOf(Props.Create(() => new FailsLate(Probe.Ref)));
        actor.Tell("fail");
        Probe.Expect("prerestart late fail");
        actor.Tell(1, Probe.Ref);
        Probe.Expect(1);
    }

    [Fact]
    public void A_failing_guardian_child_leaves_its_siblings_alone_when_it_restarts()
    {
        var a = Sys.ActorOf(new Script { Receive = Echo }.ToProps());
        var b = Sys.ActorOf(new Script { Receive = Echo }.ToProps());
        a.Tell(new InvalidOperationException());
        a.Tell(1, Probe.Ref);
        b.Tell(2, Probe.Ref);
        Assert.Equal([1, 2], new[] { Probe.Next<int>(), Probe.Next<int>() }.Order());
    }

    private static IActorRef Child(IActorRef parent, Props props) => parent.Ask<IActorRef>(props, Patience).Result;

    private sealed class Memory : UntypedActor
    {
        public static readonly object Recall = new();

        private readonly List<string> _seen = [];

        protected override void OnReceive(object message)
        {
            if (message is Exception failure)
                throw failure;
            if (message == Recall)
                Sender.Tell(string.Join(' ', _seen));
            else
                _seen.Add((string)message);
        }
    }

    private sealed class FailsLate : ReceiveActor
    {
        private readonly IActorRef _probe;

        public FailsLate(IActorRef probe)
        {
            _probe = probe;
            ReceiveAsync<string>(async _ =>
            {
                await Task.Yield();
                throw new InvalidOperationException("late");
            });
            Receive<int>(i => Sender.Tell(i));
        }

        protected override void PreRestart(Exception reason, object message) => _probe.Tell($"prerestart {reason.Message} {message}");
    }
}
