using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace ActorPlane.Simulation;

/// <summary>
/// Time that moves only when the simulation says so: timers wait in a heap by due time, then by the order in which they
/// were set, O(log n) each. A cancelled timer is dropped when it comes due, or in the sweep that runs whenever the heap
/// has tripled since the last one, so that there are never many more cancelled ones than others.
/// </summary>
public sealed class VirtualTimeScheduler : SchedulerBase, IDateTimeOffsetNowTimeProvider
{
    private const int MinSweepSize = 1024;

    private const int SweepGrowth = 3;
    private static readonly Func<Timer, bool> IsCancelled = timer => timer.IsCancelled;

    private readonly TimerHeap<Timer> _timers = new();
    private long _elapsedTicks;
    private int _sweepAt = MinSweepSize;

    /// <summary>Called by Akka, which finds the type by its name.</summary>
    public VirtualTimeScheduler(Config config, ILoggingAdapter log) : base(config, log)
    {
    }

    /// <summary>The virtual time of day at which every run begins.</summary>
    public static DateTimeOffset Start { get; } = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Virtual time since the start.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(Interlocked.Read(ref _elapsedTicks));

    /// <inheritdoc />
    public override TimeSpan MonotonicClock => Elapsed;

    /// <inheritdoc />
    public override TimeSpan HighResMonotonicClock => Elapsed;

    /// <inheritdoc />
    protected override DateTimeOffset TimeNow => Start + Elapsed;

    /// <summary>Timers that have been set and have not come due; cancelled ones count until they are swept.</summary>
    internal int Pending
    {
        get
        {
            lock (_timers) return _timers.Count;
        }
    }

    /// <summary>When the next timer comes due, in time since the start; null when none is set.</summary>
    internal TimeSpan? NextDue
    {
        get
        {
            lock (_timers)
            {
                while (_timers.TryPeek(out var due, out var timer))
                {
                    if (!timer.IsCancelled) return TimeSpan.FromTicks(due);
                    _timers.RemoveFirst();
                }
            }

            return null;
        }
    }

    /// <summary>Moves the clock to <paramref name="elapsed"/>; never backwards. Fires nothing.</summary>
    internal void MoveTo(TimeSpan elapsed)
    {
        if (elapsed.Ticks > _elapsedTicks) Interlocked.Exchange(ref _elapsedTicks, elapsed.Ticks);
    }

    /// <summary>Fires one timer that is due now. False when none is.</summary>
    internal bool FireOne()
    {
        Timer? timer;
        lock (_timers)
        {
            while (true)
            {
                if (!_timers.TryPeek(out var due, out timer) || due > _elapsedTicks) return false;
                _timers.RemoveFirst();
                if (timer.IsCancelled) continue;
                // Counted from when it was due, not from now: repeating timers do not drift.
                if (timer.IntervalTicks > 0) _timers.Add(due + timer.IntervalTicks, timer);
                break;
            }
        }

        timer.Fire();
        return true;
    }

    /// <inheritdoc />
    protected override void InternalScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Add(delay, TimeSpan.Zero, new TellTimer(receiver, message, sender, cancelable));

    /// <inheritdoc />
    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Add(initialDelay, interval, new TellTimer(receiver, message, sender, cancelable));

    /// <inheritdoc />
    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) =>
        Add(delay, TimeSpan.Zero, new ActionTimer(action, cancelable));

    /// <inheritdoc />
    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) =>
        Add(delay, TimeSpan.Zero, new ActionTimer(action.Run, cancelable));

    /// <inheritdoc />
    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        Add(initialDelay, interval, new ActionTimer(action, cancelable));

    /// <inheritdoc />
    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        Add(initialDelay, interval, new ActionTimer(action.Run, cancelable));

    private void Add(TimeSpan delay, TimeSpan interval, Timer timer)
    {
        timer.IntervalTicks = interval.Ticks;
        lock (_timers)
        {
            _timers.Add(_elapsedTicks + Math.Max(0, delay.Ticks), timer);
            if (_timers.Count >= _sweepAt) Sweep();
        }
    }

    private void Sweep()
    {
        _timers.RemoveAll(IsCancelled);
        _sweepAt = Math.Max(MinSweepSize, _timers.Count * SweepGrowth);
    }

    private abstract class Timer(ICancelable? cancelable)
    {
        public long IntervalTicks { get; set; }

        public bool IsCancelled => cancelable is { IsCancellationRequested: true };

        public abstract void Fire();
    }

    private sealed class TellTimer(ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) : Timer(cancelable)
    {
        public override void Fire() => receiver.Tell(message, sender);
    }

    private sealed class ActionTimer(Action action, ICancelable? cancelable) : Timer(cancelable)
    {
        public override void Fire() => action();
    }
}
