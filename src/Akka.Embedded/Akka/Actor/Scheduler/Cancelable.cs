namespace Akka.Actor;

/// <summary>
/// Calls off what was scheduled with it. A timer of this runtime leaves the scheduler at once when it is cancelled, and the cancellation
/// token is only made when someone asks for it, so that a timer costs little.
/// </summary>
public class Cancelable : ICancelable, IDisposable
{
    private static readonly CancellationToken AlreadyCancelled = new(canceled: true);

    private readonly IActionScheduler _scheduler;
    private readonly object _lock = new();
    private CancellationTokenSource _source;
    private List<IPendingTimer> _moreTimers;
    private IPendingTimer _timer;
    private volatile bool _cancelled;

    /// <param name="scheduler">Runs delayed cancellations.</param>
    public Cancelable(IActionScheduler scheduler) => _scheduler = scheduler;

    /// <param name="scheduler">Runs delayed cancellations.</param>
    public Cancelable(IScheduler scheduler) : this(scheduler.Advanced)
    {
    }

    /// <summary>Cancels itself after a delay.</summary>
    public Cancelable(IActionScheduler scheduler, TimeSpan delay) : this(scheduler) => CancelAfter(delay);

    /// <summary>Cancels itself after a delay.</summary>
    public Cancelable(IScheduler scheduler, TimeSpan delay) : this(scheduler.Advanced, delay)
    {
    }

    /// <summary>Cancels itself after a delay in milliseconds.</summary>
    public Cancelable(IScheduler scheduler, int millisecondsDelay) : this(scheduler.Advanced, TimeSpan.FromMilliseconds(millisecondsDelay))
    {
    }

    /// <summary>A timer that waits in a scheduler.</summary>
    internal interface IPendingTimer
    {
        /// <summary>Takes the timer out of its scheduler.</summary>
        void Remove();
    }

    /// <inheritdoc />
    public bool IsCancellationRequested => _cancelled;

    /// <summary>Whether it was disposed.</summary>
    public bool IsDisposed { get; private set; }

    /// <inheritdoc />
    public CancellationToken Token
    {
        get
        {
            lock (_lock)
            {
                if (_source == null && _cancelled)
                    return AlreadyCancelled;
                return (_source ??= new CancellationTokenSource()).Token;
            }
        }
    }

    /// <summary>One that was cancelled already.</summary>
    public static ICancelable CreateCanceled()
    {
        var cancelable = new Cancelable((IActionScheduler)null);
        cancelable.Cancel();
        return cancelable;
    }

    /// <summary>One that is cancelled with any of the given ones.</summary>
    public static ICancelable CreateLinkedCancelable(IActionScheduler scheduler, params ICancelable[] cancelables) =>
        CreateLinkedCancelable(scheduler, Array.ConvertAll(cancelables, cancelable => cancelable.Token));

    /// <summary>One that is cancelled with any of the given ones.</summary>
    public static ICancelable CreateLinkedCancelable(IScheduler scheduler, params ICancelable[] cancelables) =>
        CreateLinkedCancelable(scheduler.Advanced, cancelables);

    /// <summary>One that is cancelled with any of the given tokens.</summary>
    public static ICancelable CreateLinkedCancelable(IScheduler scheduler, params CancellationToken[] cancellationTokens) =>
        CreateLinkedCancelable(scheduler.Advanced, cancellationTokens);

    /// <summary>One that is cancelled with any of the given tokens.</summary>
    public static ICancelable CreateLinkedCancelable(IActionScheduler scheduler, params CancellationToken[] cancellationTokens)
    {
        var linked = new Cancelable(scheduler);
        foreach (var token in cancellationTokens)
            token.Register(linked.Cancel);
        return linked;
    }

    /// <inheritdoc />
    public void Cancel() => Cancel(throwOnFirstException: false);

    /// <inheritdoc />
    public void Cancel(bool throwOnFirstException)
    {
        ThrowIfDisposed();
        IPendingTimer timer;
        List<IPendingTimer> more;
        CancellationTokenSource source;
        lock (_lock)
        {
            if (_cancelled)
                return;
            _cancelled = true;
            (timer, more, source) = (_timer, _moreTimers, _source);
            (_timer, _moreTimers) = (null, null);
        }

        timer?.Remove();
        more?.ForEach(waiting => waiting.Remove());
        source?.Cancel(throwOnFirstException);
    }

    /// <inheritdoc />
    /// <exception cref="ArgumentOutOfRangeException">The delay is negative.</exception>
    public void CancelAfter(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        ThrowIfDisposed();
        if (_cancelled)
            return;
        if (delay == TimeSpan.Zero)
            Cancel();
        else
            _scheduler.ScheduleOnce(delay, Cancel, this);
    }

    /// <inheritdoc />
    public void CancelAfter(int millisecondsDelay) => CancelAfter(TimeSpan.FromMilliseconds(millisecondsDelay));

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Notes a timer that shall leave its scheduler when this is cancelled.</summary>
    /// <returns>Whether it is not cancelled yet.</returns>
    internal bool Attach(IPendingTimer timer)
    {
        lock (_lock)
        {
            if (_cancelled)
                return false;
            if (_timer == null)
                _timer = timer;
            else
                (_moreTimers ??= []).Add(timer);
            return true;
        }
    }

    /// <summary>Forgets a timer that has fired for the last time.</summary>
    internal void Detach(IPendingTimer timer)
    {
        lock (_lock)
        {
            if (ReferenceEquals(_timer, timer))
                _timer = null;
            else
                _moreTimers?.Remove(timer);
        }
    }

    /// <summary>Frees the token.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (IsDisposed)
            return;
        IsDisposed = true;
        if (disposing)
            _source?.Dispose();
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(IsDisposed, this);
}
