using ActorPlane.Settings;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;

namespace ActorPlane.Simulation;

/// <summary>
/// An actor system in virtual time, run on the caller's thread: nothing happens except within <see cref="RunFor"/>,
/// <see cref="RunUntil"/> and their like. They run whatever is ready, one message at a time, and jump to the next timer
/// when nothing is. Same options, same build, same calls: the same run, message for message. Not thread-safe, but
/// messages may be sent to its actors from any thread; what arrives so is taken up at the next step and is, of course,
/// not replayed by itself.
/// </summary>
public sealed class Simulation : IDisposable
{
    // Wall time, and only before a run is given up: it decides nothing that actors see.
    private static readonly TimeSpan OtherThreadsTime = TimeSpan.FromSeconds(5);

    private readonly SimulationOptions _options;
    private readonly RunQueue _queue;
    private readonly VirtualTimeScheduler _clock;
    private long _messagesThisInstant;

    private Simulation(SimulationOptions options, RunQueue queue, SimulatedDisk disk, Func<ActorSystem> start)
    {
        _options = options;
        _queue = queue;
        Disk = disk;
        queue.Own();
        try
        {
            System = start();
        }
        finally
        {
            queue.Release();
        }

        _clock = System.Scheduler as VirtualTimeScheduler
            ?? throw new SettingsException("akka.scheduler.implementation", "must stay ActorPlane.Simulation.VirtualTimeScheduler in a simulation");
        Drain();
    }

    /// <summary>The system that runs in virtual time.</summary>
    public ActorSystem System { get; }

    /// <summary>What the system's journals have written; start another simulation on it to see a restart.</summary>
    public SimulatedDisk Disk { get; }

    /// <summary>Virtual time since the start.</summary>
    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>The virtual time of day.</summary>
    public DateTimeOffset Now => System.Scheduler.Now;

    /// <summary>Steps taken so far: a message handled, or a continuation run.</summary>
    public long Steps { get; private set; }

    /// <summary>Starts an empty system in virtual time and runs it until nothing is ready.</summary>
    public static Simulation Start(SimulationOptions options)
    {
        var seed = unchecked((ulong)options.Seed);
        var queue = new RunQueue(options.Order, Chance.For(seed, "/simulation", "order"));
        var disk = options.Disk ?? new SimulatedDisk();
        var config = ClusterConfig.Over(ConfigurationFactory.ParseString($"actorplane.seed = {options.Seed}").WithFallback(options.Config))
            .WithFallback(SimulationConfig.Reference);
        var setup = ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config), new SimulationSetup(queue, disk));
        return new Simulation(options, queue, disk, () => ActorSystem.Create(options.SystemName, setup));
    }

    /// <summary>Runs what is ready, and what becomes ready by that, without moving time.</summary>
    public void Drain() => Pump(_clock.Elapsed, static () => false);

    /// <summary>Runs until <paramref name="duration"/> of virtual time has passed.</summary>
    public void RunFor(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        var end = _clock.Elapsed + duration;
        Pump(end, static () => false);
        _clock.MoveTo(end);
    }

    /// <summary>
    /// Runs until <paramref name="condition"/> holds, which is looked at after each message, so it must be cheap. False when
    /// <paramref name="limit"/> of virtual time has passed without it.
    /// </summary>
    public bool RunUntil(Func<bool> condition, TimeSpan limit)
    {
        var end = _clock.Elapsed + limit;
        if (Pump(end, condition)) return true;
        _clock.MoveTo(end);
        return false;
    }

    /// <summary>Runs until <paramref name="task"/> has completed, and returns its result.</summary>
    /// <exception cref="SimulationStuckException">Nothing is left that could complete it.</exception>
    public T Await<T>(Task<T> task, string waitingFor = "a task")
    {
        RunToCompletion(task, waitingFor);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>
    /// Runs what is ready; and then, until the result is disposed, what this thread sends between runs is handled at once,
    /// without time moving. For code that blocks until an actor has done something, as the constructors of Akka's TestKit may.
    /// </summary>
    public IDisposable RunAtOnce()
    {
        // An actor that is in the queue already would not come again.
        Drain();
        _queue.RunAtOnce(Drain);
        return new AtOnce(_queue);
    }

    /// <summary>Ends the system, as after a clean shutdown.</summary>
    public void Dispose()
    {
        // The end of a run that was stuck has a bound of its own, so that it does not hide why.
        _messagesThisInstant = 0;
        if (!System.WhenTerminated.IsCompleted) RunToCompletion(System.Terminate(), "the system's termination");
    }

    private void RunToCompletion(Task task, string waitingFor)
    {
        while (!Pump(TimeSpan.MaxValue, () => task.IsCompleted))
        {
            // The thread pool completes some tasks: under the real Akka packages, the end of a system is one of them.
            if (SpinWait.SpinUntil(() => task.IsCompleted || _queue.HasForeign, OtherThreadsTime)) continue;
            throw new SimulationStuckException(
                $"Nothing is ready to run and no timer is set, but {waitingFor} is awaited (seed {_options.Seed}, order {_options.Order}, "
                + $"virtual time {Elapsed}).{WaitingActors.Describe(System)}");
        }
    }

    private bool Pump(TimeSpan end, Func<bool> condition)
    {
        _queue.Own();
        // A test runner's context would carry the continuations of actors' async handlers off to other threads.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            while (true)
            {
                if (condition()) return true;
                if (_queue.TryTake(out var work))
                {
                    Steps++;
                    if (++_messagesThisInstant > _options.MaxMessagesPerInstant)
                    {
                        // It goes back, or its actor would never run again, not even to stop.
                        _queue.Enqueue(work);
                        throw Livelock();
                    }

                    work.Run();
                    continue;
                }

                if (_clock.FireOne() || _queue.AwaitForeign()) continue;
                if (_clock.NextDue is not { } due || due > end) return false;
                _clock.MoveTo(due);
                _messagesThisInstant = 0;
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
            _queue.Release();
        }
    }

    private SimulationStuckException Livelock() =>
        new($"{_options.MaxMessagesPerInstant} messages were handled at virtual time {Elapsed} without time moving (seed {_options.Seed}, "
            + $"order {_options.Order}).{WaitingActors.Describe(System)}");

    private sealed class AtOnce(RunQueue queue) : IDisposable
    {
        public void Dispose() => queue.RunAtOnce(null);
    }
}
