using ActorPlane.Client;
using ActorPlane.Faults;
using ActorPlane.Tracing;
using Akka.Actor;
using Akka.Event;

namespace ActorPlane.ControllerManager;

/// <summary>
/// The base of the controllers. A controller is level-based: <see cref="Reconcile"/> gets a key and nothing else,
/// compares what the informers show with what should be, and orders what is missing. It may be called too often, never
/// too seldom: any change enqueues the key, a failed pass enqueues it again with a growing delay, and after a restart
/// the informers' first lists enqueue everything.
/// </summary>
/// <typeparam name="TKey">What is reconciled, one key at a time in one pass each.</typeparam>
public abstract class ReconcilingActor<TKey> : ApiClientActor, IWithTimers
    where TKey : notnull
{
    private readonly WorkQueue<TKey> _queue;
    private readonly Dictionary<TKey, Cause> _causes = [];
    private readonly ControllerSettings _settings;
    private bool _turnIsPending;
    private DateTimeOffset? _wakeAt;

    /// <summary>A controller that goes by <c>actorplane.controller-manager</c>.</summary>
    /// <param name="apiServer">The API server.</param>
    /// <param name="fieldManager">The process that it belongs to.</param>
    protected ReconcilingActor(IActorRef apiServer, string fieldManager = "kube-controller-manager")
        : base(apiServer, fieldManager)
    {
        _settings = ControllerSettings.Read(Context.System.Settings.Config);
        _queue = new WorkQueue<TKey>(_settings.RetryBaseDelay, _settings.RetryMaxDelay);
        Receive<Turn>(_ => OnTurn());
        Receive<Wake>(_ =>
        {
            _wakeAt = null;
            TakeTurn();
        });
        Receive<Crash>(crash => throw new ProcessCrashed(crash.Process));
    }

    /// <inheritdoc />
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The actor's log.</summary>
    protected ILoggingAdapter Log { get; } = Context.GetLogger();

    /// <summary>All informers have their first list: before that, nothing is reconciled.</summary>
    protected abstract bool IsReady { get; }

    /// <summary>A key that failed so often in a row is dropped until it changes; null for never.</summary>
    protected virtual int? MaxRetries => null;

    /// <summary>
    /// Brings one key nearer to what it should be. The pass ends when the method has returned and every request begun
    /// with <see cref="ReconcilePass.Expect"/> is answered; the key comes again when a request failed.
    /// </summary>
    protected abstract void Reconcile(TKey key, ReconcilePass pass);

    /// <summary>The key has to be reconciled because of <paramref name="cause"/>.</summary>
    protected void Enqueue(TKey key, Cause cause)
    {
        _causes[key] = cause;
        _queue.Add(key);
        TakeTurn();
    }

    /// <summary>The key has to be reconciled after a time, as a new chain of its own.</summary>
    protected void EnqueueAfter(TKey key, TimeSpan delay)
    {
        _queue.AddAfter(key, delay, Client.Now);
        TakeTurn();
    }

    /// <summary>Call when an informer has its first list.</summary>
    protected void TakeTurn()
    {
        if (!IsReady) return;
        if (_queue.NextDue is { } due && (_wakeAt is null || due < _wakeAt))
        {
            var delay = due - Client.Now;
            _wakeAt = due;
            Timers.StartSingleTimer(Wake.Instance, Wake.Instance, delay > TimeSpan.Zero ? delay : TimeSpan.Zero);
        }

        if (_turnIsPending || _queue.InHandCount >= _settings.ConcurrentPasses) return;
        if (_queue.ReadyCount == 0 && !(_queue.NextDue <= Client.Now)) return;
        _turnIsPending = true;
        Self.Tell(Turn.Instance);
    }

    private void OnTurn()
    {
        _turnIsPending = false;
        if (_queue.InHandCount < _settings.ConcurrentPasses && _queue.TryGet(Client.Now, out var key))
        {
            if (!_causes.Remove(key, out var cause)) cause = Client.NewCause();
            var pass = new ReconcilePass(cause, ended => OnPassEnded(key, ended));
            Reconcile(key, pass);
            pass.End();
        }

        TakeTurn();
    }

    private void OnPassEnded(TKey key, ReconcilePass pass)
    {
        if (!pass.HasFailed)
        {
            _queue.Forget(key);
        }
        else if (MaxRetries is { } max && _queue.FailuresOf(key) >= max)
        {
            Log.Warning("Giving {0} up after {1} failures: {2}", key, max, pass.Failure);
            _queue.Forget(key);
        }
        else
        {
            Log.Debug("{0} will be tried again: {1}", key, pass.Failure);
            _causes.TryAdd(key, pass.Cause);
            _queue.AddRateLimited(key, Client.Now);
        }

        _queue.Done(key);
        TakeTurn();
    }

    private sealed class Turn
    {
        public static readonly Turn Instance = new();
    }

    private sealed class Wake
    {
        public static readonly Wake Instance = new();
    }
}
