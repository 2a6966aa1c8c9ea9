using System.Diagnostics;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// The scheduler of the machine's clock. One thread waits for the earliest timer; timers fire at the first tick
/// (<c>akka.scheduler.tick-duration</c>) that is not before their time. Scheduling and cancelling cost O(log n), a cancelled timer leaves at
/// once, and a repeated timer keeps its rhythm: its next time counts from the last one, not from when the thread got to it.
/// </summary>
public sealed class HashedWheelTimerScheduler : SchedulerBase, IDateTimeOffsetNowTimeProvider, IDisposable
{
    /// <summary>A repeated timer that is further behind than this (the machine slept) leaves out what it missed.</summary>
    private static readonly long CatchUpLimit = Stopwatch.Frequency;

    private readonly object _lock = new();
    private readonly TimerHeap _timers = new();
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly long _tick;
    private readonly TimeSpan _shutdownTimeout;
    private Thread _thread;
    private bool _stopped;
    private long _sequence;

    /// <param name="scheduler">The settings of the actor system.</param>
    /// <param name="log">Where exceptions of what was scheduled are logged.</param>
    /// <exception cref="ConfigurationException">There are no settings below <c>akka.scheduler</c>.</exception>
    public HashedWheelTimerScheduler(Config scheduler, ILoggingAdapter log) : base(scheduler, log)
    {
        if (SchedulerConfig.IsNullOrEmpty())
            throw ConfigurationException.NullOrEmptyConfig<HashedWheelTimerScheduler>();
        var tick = SchedulerConfig.GetTimeSpan("akka.scheduler.tick-duration");
        if (tick <= TimeSpan.Zero)
            throw new ConfigurationException("akka.scheduler.tick-duration must be longer than zero");
        _tick = ToStopwatch(tick);
        _shutdownTimeout = SchedulerConfig.GetTimeSpan("akka.scheduler.shutdown-timeout");
    }

    /// <inheritdoc />
    public override TimeSpan MonotonicClock => Stopwatch.GetElapsedTime(0);

    /// <inheritdoc />
    public override TimeSpan HighResMonotonicClock => Stopwatch.GetElapsedTime(0);

    /// <inheritdoc />
    protected override DateTimeOffset TimeNow => DateTimeOffset.UtcNow;

    /// <summary>How many timers wait.</summary>
    internal int Pending
    {
        get
        {
            lock (_lock)
                return _timers.Count;
        }
    }

    /// <summary>Ends the thread. What was scheduled does not happen any more, and nothing can be scheduled.</summary>
    public void Dispose()
    {
        Thread thread;
        lock (_lock)
        {
            _stopped = true;
            _timers.Clear();
            thread = _thread;
            Monitor.PulseAll(_lock);
        }

        if (thread != null && thread != Thread.CurrentThread && !thread.Join(_shutdownTimeout))
            Log.Warning("Failed to shut the scheduler down within {0}", _shutdownTimeout);
    }

    /// <inheritdoc />
    protected override void InternalScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Add(delay, null, receiver, message, sender, cancelable);

    /// <inheritdoc />
    protected override void InternalScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender,
        ICancelable cancelable) =>
        Add(initialDelay, interval, receiver, message, sender, cancelable);

    /// <inheritdoc />
    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) => Add(delay, null, action, null, null, cancelable);

    /// <inheritdoc />
    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) => Add(delay, null, action, null, null, cancelable);

    /// <inheritdoc />
    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        Add(initialDelay, interval, action, null, null, cancelable);

    /// <inheritdoc />
    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        Add(initialDelay, interval, action, null, null, cancelable);

    private void Add(TimeSpan delay, TimeSpan? interval, object target, object message, IActorRef sender, ICancelable cancelable)
    {
        ArgumentNullException.ThrowIfNull(target);
        var timer = new PendingTimer(this)
        {
            Due = Stopwatch.GetTimestamp() - _start + ToStopwatch(delay),
            Interval = interval is { } time ? Math.Max(1, ToStopwatch(time)) : 0,
            Target = target,
            Message = message,
            Sender = sender,
            Cancelable = cancelable
        };
        if (cancelable is Cancelable own ? !own.Attach(timer) : cancelable is { IsCancellationRequested: true })
            return;

        lock (_lock)
        {
            if (_stopped)
                throw new SchedulerException("cannot enqueue after timer shutdown");
            timer.Sequence = _sequence++;
            _timers.Add(timer);
            // It may have been cancelled between Attach and Add.
            if (cancelable is { IsCancellationRequested: true })
                _timers.Remove(timer);
            else if (_thread == null)
                StartThread();
            else if (_timers.Earliest == timer)
                Monitor.Pulse(_lock);
        }
    }

    private void Remove(PendingTimer timer)
    {
        lock (_lock)
            _timers.Remove(timer);
    }

    private void StartThread()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "akka-scheduler" };
        _thread.Start();
    }

    private void Run()
    {
        while (true)
        {
            PendingTimer timer;
            lock (_lock)
            {
                timer = WaitForDue();
                if (timer == null)
                    return;
            }

            Fire(timer);
        }
    }

    /// <summary>Waits for the next timer whose tick has come, and takes it out or, if it repeats, sets it to its next time.</summary>
    private PendingTimer WaitForDue()
    {
        while (!_stopped)
        {
            var timer = _timers.Earliest;
            if (timer == null)
            {
                Monitor.Wait(_lock);
                continue;
            }

            var now = Stopwatch.GetTimestamp() - _start;
            var wait = (timer.Due + _tick - 1) / _tick * _tick - now;
            if (wait > 0)
            {
                Monitor.Wait(_lock, (int)Math.Min(int.MaxValue, wait * 1000 / Stopwatch.Frequency + 1));
                continue;
            }

            if (timer.Interval == 0)
            {
                _timers.Remove(timer);
                return timer;
            }

            timer.Due += timer.Interval;
            var behind = now - timer.Due;
            if (behind > CatchUpLimit)
                timer.Due += behind / timer.Interval * timer.Interval;
            timer.Sequence = _sequence++;
            _timers.Later(timer);
            return timer;
        }

        return null;
    }

    private void Fire(PendingTimer timer)
    {
        if (timer.Cancelable is { IsCancellationRequested: true })
        {
            // Cancelables of other make do not tell when they are cancelled.
            Remove(timer);
            return;
        }

        if (timer.Interval == 0)
            (timer.Cancelable as Cancelable)?.Detach(timer);
        try
        {
            switch (timer.Target)
            {
                case ICanTell receiver:
                    receiver.Tell(timer.Message, timer.Sender);
                    break;
                case IRunnable runnable:
                    runnable.Run();
                    break;
                case Action action:
                    action();
                    break;
            }
        }
        catch (Exception cause)
        {
            Log.Error(cause, "Error while executing scheduled task {0}", timer.Target);
            // As in Akka.NET, a repeated task that fails is not repeated.
            if (timer.Interval > 0 && timer.Target is not ICanTell)
                Remove(timer);
        }
    }

    private static long ToStopwatch(TimeSpan time) => (long)(time.Ticks * ((double)Stopwatch.Frequency / TimeSpan.TicksPerSecond));

    /// <summary>What is to happen, and when.</summary>
    internal sealed class PendingTimer(HashedWheelTimerScheduler scheduler) : Cancelable.IPendingTimer
    {
        internal long Due { get; set; }

        internal long Sequence { get; set; }

        internal long Interval { get; init; }

        internal object Target { get; init; }

        internal object Message { get; init; }

        internal IActorRef Sender { get; init; }

        internal ICancelable Cancelable { get; init; }

        /// <summary>The place in the heap, negative while outside of it.</summary>
        internal int Index { get; set; } = -1;

        public void Remove() => scheduler.Remove(this);

        internal bool IsBefore(PendingTimer other) => Due < other.Due || (Due == other.Due && Sequence < other.Sequence);
    }
}
