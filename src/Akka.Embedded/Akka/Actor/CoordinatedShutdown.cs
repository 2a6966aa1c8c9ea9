#nullable disable
using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor;

/// <summary>Runs tasks in phases before the system terminates; the phases are <c>akka.coordinated-shutdown.phases</c>.</summary>
public sealed class CoordinatedShutdown : IExtension
{
    public const string PhaseActorSystemTerminate = "actor-system-terminate";
    public const string PhaseBeforeActorSystemTerminate = "before-actor-system-terminate";
    public const string PhaseBeforeClusterShutdown = "before-cluster-shutdown";
    public const string PhaseBeforeServiceUnbind = "before-service-unbind";
    public const string PhaseClusterExiting = "cluster-exiting";
    public const string PhaseClusterExitingDone = "cluster-exiting-done";
    public const string PhaseClusterLeave = "cluster-leave";
    public const string PhaseClusterShardingShutdownRegion = "cluster-sharding-shutdown-region";
    public const string PhaseClusterShutdown = "cluster-shutdown";
    public const string PhaseServiceRequestsDone = "service-requests-done";
    public const string PhaseServiceStop = "service-stop";
    public const string PhaseServiceUnbind = "service-unbind";

    private readonly IReadOnlyList<ShutdownPhase> _phases;
    private readonly Dictionary<string, List<(string Name, Func<Task<Done>> Run)>> _tasks = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<Done> _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly ILoggingAdapter _log;
    private Reason _reason;

    internal CoordinatedShutdown(ExtendedActorSystem system, IReadOnlyList<ShutdownPhase> phases)
    {
        System = system;
        _phases = phases;
        _log = Logging.GetLogger(system.EventStream, nameof(CoordinatedShutdown));
    }

    /// <summary>Why the shutdown was started, or null before.</summary>
    public Reason ShutdownReason => Volatile.Read(ref _reason);

    public ExtendedActorSystem System { get; }

    /// <summary>What the phases that have tasks may take together.</summary>
    public TimeSpan TotalTimeout
    {
        get
        {
            lock (_lock)
                return _tasks.Keys.Aggregate(TimeSpan.Zero, (sum, phase) => sum + Timeout(phase));
        }
    }

    internal bool ProcessIsExiting { get; private set; }

    public static CoordinatedShutdown Get(ActorSystem sys) => sys.WithExtension<CoordinatedShutdown, CoordinatedShutdownExtension>();

    /// <summary>Adds a task; those of one phase run at the same time. Tasks may be added until their phase begins.</summary>
    public void AddTask(string phase, string taskName, Func<Task<Done>> task)
    {
        if (_phases.All(p => p.Name != phase))
        {
            throw new ConfigurationException(
                $"Unknown phase [{phase}], known phases [{string.Join(",", _phases.Select(p => p.Name))}]. All phases (along with their optional dependencies) must be defined in configuration.");
        }

        lock (_lock)
        {
            if (!_tasks.TryGetValue(phase, out var tasks))
                _tasks[phase] = tasks = [];
            tasks.Add((taskName, task));
        }
    }

    public TimeSpan Timeout(string phase) =>
        _phases.FirstOrDefault(p => p.Name == phase)?.Timeout
        ?? throw new ArgumentException($"Unknown phase [{phase}]. All phases must be defined in configuration.", nameof(phase));

    /// <summary>Runs the phases, once; later calls get the task of the first.</summary>
    public Task<Done> Run(Reason reason, string fromPhase = null)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, null) is not null)
            return _finished.Task;

        // From a phase that there is not, nothing runs.
        var phases = fromPhase is null ? _phases : _phases.SkipWhile(p => p.Name != fromPhase);

        // On the internal dispatcher, so that a simulation runs it.
        var dispatcher = System.Dispatchers.Lookup(Dispatch.Dispatchers.InternalDispatcherId);
        _ = Task.Factory.StartNew(() => RunPhases(phases), CancellationToken.None, TaskCreationOptions.None, dispatcher.TaskScheduler);
        return _finished.Task;
    }

    internal void RunWhenProcessExits()
    {
        EventHandler onExit = (_, _) =>
        {
            ProcessIsExiting = true;
            Run(ClrExitReason.Instance).Wait(TotalTimeout);
        };
        AppDomain.CurrentDomain.ProcessExit += onExit;
        System.RegisterOnTermination(() => AppDomain.CurrentDomain.ProcessExit -= onExit);
    }

    private async Task RunPhases(IEnumerable<ShutdownPhase> phases)
    {
        try
        {
            foreach (var phase in phases)
                await RunPhase(phase);
            _finished.TrySetResult(Done.Instance);
        }
        catch (Exception e)
        {
            _finished.TrySetException(e);
        }
    }

    private Task RunPhase(ShutdownPhase phase)
    {
        (string Name, Func<Task<Done>> Run)[] tasks;
        lock (_lock)
            tasks = _tasks.TryGetValue(phase.Name, out var list) ? [.. list] : [];
        if (tasks.Length == 0)
            return Task.CompletedTask;
        if (!phase.Enabled)
        {
            _log.Info("Phase [{0}] disabled through configuration, skipping [{1}] tasks.", phase.Name, tasks.Length);
            return Task.CompletedTask;
        }

        _log.Debug("Performing phase [{0}] with [{1}] tasks: [{2}]", phase.Name, tasks.Length, string.Join(", ", tasks.Select(t => t.Name)));
        return WithTimeout(phase, Task.WhenAll(tasks.Select(t => RunTask(phase, t.Name, t.Run))));
    }

    private async Task RunTask(ShutdownPhase phase, string name, Func<Task<Done>> run)
    {
        Task<Done> task;
        try
        {
            task = run();
        }
        catch (Exception e) when (phase.Recover)
        {
            _log.Warning("Task [{0}] failed in phase [{1}]: {2}", name, phase.Name, e.Message);
            return;
        }

        try
        {
            await task;
        }
        catch (Exception) when (phase.Recover)
        {
            // Akka.NET says what the task says, which has a sentence around what went wrong.
            _log.Warning("Task [{0}] failed in phase [{1}]: {2}", name, phase.Name, task.Exception?.Flatten().Message);
        }
    }

    private async Task WithTimeout(ShutdownPhase phase, Task work)
    {
        var timeUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var timer = System.Scheduler.Advanced.ScheduleOnceCancelable(phase.Timeout, () => timeUp.TrySetResult());
        if (await Task.WhenAny(work, timeUp.Task) == work)
        {
            timer.Cancel();
            await work;
            return;
        }

        _log.Warning("Coordinated shutdown phase [{0}] timed out after {1}", phase.Name, phase.Timeout);
        if (!phase.Recover)
            throw new TimeoutException($"Coordinated shutdown phase [{phase.Name}] timed out after {phase.Timeout}");
    }

    /// <summary>Why a shutdown was started.</summary>
    public class Reason
    {
        protected Reason()
        {
        }
    }

    public class UnknownReason : Reason
    {
        public static readonly Reason Instance = new UnknownReason();

        private UnknownReason()
        {
        }
    }

    public class ActorSystemTerminateReason : Reason
    {
        public static readonly Reason Instance = new ActorSystemTerminateReason();

        private ActorSystemTerminateReason()
        {
        }
    }

    public class ClrExitReason : Reason
    {
        public static readonly Reason Instance = new ClrExitReason();

        private ClrExitReason()
        {
        }
    }
}
