using Akka.Actor;
using Akka.Actor.Dsl;

namespace Akka.Tests.Actor;

public sealed class DslTests : ActorTest
{
    [Fact]
    public void An_actor_can_be_made_of_functions()
    {
        var actor = Sys.ActorOf(
            dsl =>
            {
                dsl.OnPreStart = _ => Probe.Ref.Tell("started");
                dsl.OnPostRestart = (cause, _) => Probe.Ref.Tell(cause.Message);
                dsl.OnPreRestart = (cause, message, _) =>
                {
                    Probe.Ref.Tell(message);
                    dsl.DefaultPreRestart(cause, message);
                };
                dsl.OnPostStop = _ => Probe.Ref.Tell("stopped");
                dsl.Receive<int>((number, context) => context.Sender.Tell(number + 1), number => number > 0);
                dsl.Receive<int>((_, context) => dsl.BecomeStacked((message, _) =>
                {
                    context.Sender.Tell("stacked " + message);
                    dsl.UnbecomeStacked();
                }));
                dsl.ReceiveAsync<TimeSpan>(async (time, context) =>
                {
                    await Task.Yield();
                    context.Sender.Tell(time);
                });
                dsl.ReceiveAny((message, _) => throw new InvalidOperationException("failed on " + message));
            },
            "made");
        Assert.Equal("akka://test/user/made", actor.Path.ToString());
        foreach (var message in (object[])[1, 0, "x", 2, TimeSpan.Zero, "y"])
            actor.Tell(message, Probe.Ref);

        Probe.Expect("started", 2, "stacked x", 3, TimeSpan.Zero, "y", "stopped", "failed on y");
    }

    [Fact]
    public void Such_an_actor_has_children_and_a_strategy()
    {
        var actor = Sys.ActorOf((dsl, context) =>
        {
            dsl.Strategy = new OneForOneStrategy(_ => Directive.Stop);
            var child = context.Watch(dsl.ActorOf(inner => inner.ReceiveAny((_, _) => throw new InvalidOperationException()), "child"));
            dsl.Receive<Terminated>((end, _) => Probe.Ref.Tell(end.ActorRef.Path.Name));
            dsl.ReceiveAny((message, _) => child.Tell(message));
        });
        actor.Tell("fail");
        Probe.Expect("child");
    }
}
