using Akka.Actor;
using Akka.Event;

namespace Akka.Tests.Actor;

public sealed class ReceiveActorTests : ActorTest
{
    [Fact]
    public void The_first_handler_whose_type_and_condition_fit_wins()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Ordered()));
        foreach (var message in new object[] { 1, 11, "text", 'c', 1.5, new[] { 1 } })
            actor.Tell(message, Probe.Ref);
        Probe.Expect("small 1", "int 11", "string text", "char or nothing c", "any 1.5", "any System.Int32[]");
    }

    [Fact]
    public void Nothing_can_follow_a_handler_of_everything()
    {
        var failure = new TaskCompletionSource<Exception?>();
        Sys.ActorOf(Props.Create(() => new Late(failure)));
        Assert.IsType<InvalidOperationException>(failure.Task.Result);
    }

    [Fact]
    public void Handlers_are_declared_in_the_constructor_and_in_Become_only()
    {
        var actor = Sys.ActorOf(Props.Create(() => new DeclaresLate()));
        actor.Tell("now", Probe.Ref);
        Probe.Next<InvalidOperationException>();
    }

    [Fact]
    public void What_no_handler_takes_is_published_as_unhandled()
    {
        Sys.EventStream.Subscribe(Probe.Ref, typeof(UnhandledMessage));
        var actor = Sys.ActorOf(Props.Create(() => new DeclaresLate()));
        actor.Tell(42, Probe.Ref);
        var unhandled = Probe.Next<UnhandledMessage>();
        Assert.Equal((42, actor, Probe.Ref), (unhandled.Message, unhandled.Recipient, unhandled.Sender));
    }

    [Fact]
    public void Stacked_behaviours_come_back_and_a_restart_forgets_them()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Moody()));
        foreach (var message in new[] { "?", "push", "?", "push", "?", "pop", "?", "pop", "pop", "?", "replace", "?", "fail", "?" })
            actor.Tell(message, Probe.Ref);
        Probe.Expect("calm", "angry 1", "angry 2", "angry 1", "calm", "replaced", "calm");
    }

    [Fact]
    public void A_receive_timeout_comes_after_silence_and_not_for_messages_that_do_not_count()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Impatient(Probe.Ref)));
        actor.Tell("start");
        Probe.Expect("timeout");
        actor.Tell("stop");
        actor.Tell("ping", Probe.Ref);
        Probe.Expect("pong without timeout");
    }

    private sealed class Ordered : ReceiveActor
    {
        public Ordered()
        {
            Receive<int>(i => i < 10, i => Sender.Tell($"small {i}"));
            Receive<int>(i => Sender.Tell($"int {i}"));
            Receive(typeof(string), s => Sender.Tell($"string {s}"));
            Receive<double>(_ => false);
            Receive<char>(c =>
            {
                Sender.Tell($"char or nothing {c}");
                return true;
            });
            ReceiveAny(m => Sender.Tell($"any {(m is double d ? d.ToString(System.Globalization.CultureInfo.InvariantCulture) : m)}"));
        }
    }

    private sealed class Late : ReceiveActor
    {
        public Late(TaskCompletionSource<Exception?> failure)
        {
            ReceiveAny(_ => { });
            failure.SetResult(Record.Exception(() => Receive<int>(_ => { })));
        }
    }

    private sealed class DeclaresLate : ReceiveActor
    {
        public DeclaresLate() => Receive<string>(_ => Sender.Tell(Record.Exception(() => Receive<int>(_ => { }))));
    }

    private sealed class Moody : ReceiveActor
    {
        private int _level;

        public Moody() => Calm();

        private void Calm()
        {
            Common();
            Receive<string>(_ => Sender.Tell("calm"));
        }

        private void Common()
        {
            Receive<string>(s => s == "push", _ =>
            {
                var level = ++_level;
                BecomeStacked(() =>
                {
                    Common();
                    Receive<string>(_ => Sender.Tell($"angry {level}"));
                });
            });
            Receive<string>(s => s == "pop", _ => UnbecomeStacked());
            Receive<string>(s => s == "fail", _ => throw new InvalidOperationException());
            Receive<string>(s => s == "replace", _ => Become(() =>
            {
                Receive<string>(s => s == "fail", _ => throw new InvalidOperationException());
                Receive<string>(_ => Sender.Tell("replaced"));
            }));
        }
    }

    private sealed class Impatient : ReceiveActor
    {
        public Impatient(IActorRef probe)
        {
            Receive<string>(s => s == "start", _ => Context.SetReceiveTimeout(TimeSpan.FromMilliseconds(10)));
            Receive<string>(s => s == "stop", _ => Context.SetReceiveTimeout(null));
            Receive<ReceiveTimeout>(_ =>
            {
                // No second one comes while the test goes on.
                Context.SetReceiveTimeout(TimeSpan.FromHours(1));
                probe.Tell("timeout");
            });
            Receive<string>(_ => Sender.Tell($"pong {(Context.ReceiveTimeout is null ? "without" : "with")} timeout"));
        }
    }
}
