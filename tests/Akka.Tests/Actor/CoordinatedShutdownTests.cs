using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;

namespace Akka.Tests.Actor;

public sealed class CoordinatedShutdownTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Phases_run_in_their_order_and_a_failing_task_does_not_stop_them()
    {
        var system = Create("");
        var shutdown = CoordinatedShutdown.Get(system);
        var calls = new ConcurrentQueue<string>();
        Add(shutdown, CoordinatedShutdown.PhaseServiceStop, calls);
        Add(shutdown, CoordinatedShutdown.PhaseBeforeServiceUnbind, calls);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "fails", () => throw new InvalidOperationException());
        Add(shutdown, CoordinatedShutdown.PhaseBeforeActorSystemTerminate, calls);
        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(Patience);
        Assert.Equal(["before-service-unbind", "service-stop", "before-actor-system-terminate"], calls);
        Assert.True(system.WhenTerminated.IsCompleted);
        Assert.IsType<CoordinatedShutdown.UnknownReason>(shutdown.ShutdownReason);
    }

    [Fact]
    public async Task A_phase_without_recovery_ends_the_shutdown()
    {
        var system = Create("akka.coordinated-shutdown.phases.service-stop.recover = off");
        var shutdown = CoordinatedShutdown.Get(system);
        var calls = new ConcurrentQueue<string>();
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "fails", () => throw new InvalidOperationException());
        Add(shutdown, CoordinatedShutdown.PhaseBeforeActorSystemTerminate, calls);
        await Assert.ThrowsAsync<InvalidOperationException>(() => shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(Patience));
        Assert.Empty(calls);
        await ((ExtendedActorSystem)system).Guardian.GracefulStop(Patience);
    }

    [Fact]
    public async Task A_task_that_never_ends_is_given_up()
    {
        var system = Create("akka.coordinated-shutdown.phases.service-stop.timeout = 20ms");
        CoordinatedShutdown.Get(system).AddTask(
            CoordinatedShutdown.PhaseServiceStop, "hangs", () => new TaskCompletionSource<Done>().Task);
        await system.Terminate().WaitAsync(Patience);
    }

    [Fact]
    public async Task A_run_may_start_at_a_later_phase_and_happens_once()
    {
        var system = Create("");
        var shutdown = CoordinatedShutdown.Get(system);
        var calls = new ConcurrentQueue<string>();
        Add(shutdown, CoordinatedShutdown.PhaseBeforeServiceUnbind, calls);
        Add(shutdown, CoordinatedShutdown.PhaseClusterShutdown, calls);
        var first = shutdown.Run(CoordinatedShutdown.UnknownReason.Instance, CoordinatedShutdown.PhaseServiceStop);
        await shutdown.Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance).WaitAsync(Patience);
        await first;
        Assert.Equal(["cluster-shutdown"], calls);
    }

    [Fact]
    public async Task A_run_from_a_phase_that_there_is_not_runs_nothing()
    {
        var system = Create("");
        var shutdown = CoordinatedShutdown.Get(system);
        var calls = new ConcurrentQueue<string>();
        Add(shutdown, CoordinatedShutdown.PhaseServiceStop, calls);
        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance, "no-such").WaitAsync(Patience);
        Assert.Empty(calls);
        await ((ExtendedActorSystem)system).Guardian.GracefulStop(Patience);
    }

    [Fact]
    public void An_unknown_phase_and_a_cycle_are_errors()
    {
        using var system = Create("");
        Assert.ThrowsAny<Exception>(() => CoordinatedShutdown.Get(system).AddTask("no-such", "x", () => Task.FromResult(Done.Instance)));
        Assert.ThrowsAny<Exception>(() => Create("akka.coordinated-shutdown.phases { a { depends-on = [b] }, b { depends-on = [a] } }"));
    }

    private static ActorSystem Create(string hocon) => ActorSystem.Create(
        "shutdown", ConfigurationFactory.ParseString(hocon + "\nakka { loglevel = off, stdout-loglevel = off }"));

    private static void Add(CoordinatedShutdown shutdown, string phase, ConcurrentQueue<string> calls) =>
        shutdown.AddTask(phase, "task", () =>
        {
            calls.Enqueue(phase);
            return Task.FromResult(Done.Instance);
        });
}
