using Akka.Actor;

namespace ActorPlane.Simulation.Tests;

/// <summary>A run that cannot go on says who waits for what, and how to see it again.</summary>
public sealed class StuckTests
{
    [Fact]
    public void A_deadlock_is_reported_with_who_waits_for_what()
    {
        var simulation = Simulation.Start(new SimulationOptions { Seed = 11 });
        var silent = simulation.System.ActorOf(Props.Create(() => new Silent()), "silent");
        var asker = simulation.System.ActorOf(Props.Create(() => new Asker(silent)), "asker");
        asker.Tell(new Question());
        asker.Tell(new Question());
        var answer = asker.Ask<string>("and?", Timeout.InfiniteTimeSpan);

        var error = Assert.Throws<SimulationStuckException>(() => simulation.Await(answer, "the asker's answer"));

        Assert.Contains("the asker's answer is awaited (seed 11, order Seeded", error.Message);
        Assert.Contains("/user/asker awaits a task while handling Question", error.Message);
    }

    [Fact]
    public void What_another_thread_completes_is_waited_for()
    {
        using var simulation = Simulation.Start(new SimulationOptions());
        var handled = new TaskCompletionSource<string>();
        var actor = simulation.System.ActorOf(Props.Create(() => new Completer(handled)));
        actor.Tell("done");

        // Only the simulation completes the first task, and only another thread the second.
        var later = Task.Factory.StartNew(() => handled.Task.Result, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        Assert.Equal("done", simulation.Await(later));
    }

    [Fact]
    public void Messages_that_go_round_without_end_are_reported()
    {
        using var simulation = Simulation.Start(new SimulationOptions { Seed = 12, MaxMessagesPerInstant = 10_000 });
        var one = simulation.System.ActorOf(Props.Create(() => new Echo()), "one");
        var two = simulation.System.ActorOf(Props.Create(() => new Echo()), "two");
        one.Tell("ping", two);

        var error = Assert.Throws<SimulationStuckException>(() => simulation.RunFor(TimeSpan.FromSeconds(1)));

        Assert.StartsWith("10000 messages were handled at virtual time 00:00:00 without time moving (seed 12", error.Message);
        simulation.System.Stop(one);
        simulation.System.Stop(two);
    }

    [Fact]
    public void A_run_within_a_run_is_refused()
    {
        using var simulation = Simulation.Start(new SimulationOptions());

        var error = Assert.Throws<InvalidOperationException>(() => simulation.RunUntil(
            () =>
            {
                simulation.RunFor(TimeSpan.FromSeconds(1));
                return true;
            },
            TimeSpan.FromSeconds(1)));

        Assert.Contains("must not be started from within one", error.Message);
    }

    private sealed record Question;

    private sealed class Completer : ReceiveActor
    {
        public Completer(TaskCompletionSource<string> handled) => Receive<string>(handled.SetResult);
    }

    private sealed class Silent : ReceiveActor
    {
        public Silent() => ReceiveAny(_ => { });
    }

    private sealed class Asker : ReceiveActor
    {
        public Asker(IActorRef silent)
        {
            ReceiveAsync<Question>(async question => await silent.Ask<string>(question, Timeout.InfiniteTimeSpan));
            Receive<string>(_ => Sender.Tell("never"));
        }
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(message => Sender.Tell(message));
    }
}
