using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace ActorPlane.Simulation;

/// <summary>
/// Time that moves only when the simulation says so: timers wait in a heap by due time, then by the order in which they
/// were set, O(log n) each. A cancelled timer is dropped when it comes due, or in the sweep that runs whenever the heap
/// has doubled since the last one, so that cancelled ones never outnumber the others for long.
/// </summary>
public sealed class VirtualTimeScheduler : SchedulerBase, IDateTimeOffsetNowTimeProvider
{
    private const int MinSweepSize = 1024;

    private readonly PriorityQueue<Timer, (long Due, long Sequence)> _timers = new();
    private long _sequence;
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
                while (_timers.TryPeek(out var timer, out var key))
                {
                    if (!timer.IsCancelled) return TimeSpan.FromTicks(key.Due);
                    _timers.Dequeue();
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
                if (!_timers.TryPeek(out timer, out var key) || key.Due > _elapsedTicks) return false;
                _timers.Dequeue();
                if (timer.IsCancelled) continue;
                // Counted from when it was due, not from now: repeating timers do not drift.
                if (timer.IntervalTicks > 0) _timers.Enqueue(timer, (key.Due + timer.IntervalTicks, ++_sequence));
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
            _timers.Enqueue(timer, (_elapsedTicks + Math.Max(0, delay.Ticks), ++_sequence));
            if (_timers.Count >= _sweepAt) Sweep();
        }
    }

    private void Sweep()
    {
        var live = new List<(Timer, (long, long))>(_timers.Count);
        foreach (var (timer, key) in _timers.UnorderedItems)
        {
            if (!timer.IsCancelled) live.Add((timer, key));
        }

        _timers.Clear();
        _timers.EnqueueRange(live);
        _sweepAt = Math.Max(MinSweepSize, live.Count * 2);
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
