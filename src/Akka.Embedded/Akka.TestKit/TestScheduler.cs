using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>
/// A scheduler whose time stands still until the test moves it on. As in Akka.NET, a repeated timer fires once for each
/// <see cref="Advance" />, however far that goes, and its next time counts from there.
/// </summary>
public class TestScheduler : IScheduler, IAdvancedScheduler
{
    private readonly object _lock = new();
    private readonly List<Entry> _entries = [];
    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;
    private DateTimeOffset _now;
    private long _sequence;

    /// <param name="schedulerConfig">The settings of the actor system; none is needed.</param>
    /// <param name="log">Where other schedulers log.</param>
    public TestScheduler(Config schedulerConfig, ILoggingAdapter log) => _now = _start;

    private sealed record Entry(DateTimeOffset Due, long Sequence, TimeSpan? Interval, Action Run, ICancelable Cancelable);

    /// <inheritdoc />
    public DateTimeOffset Now => TimeNow;

    /// <inheritdoc />
    public TimeSpan MonotonicClock => TimeNow - _start;

    /// <inheritdoc />
    public TimeSpan HighResMonotonicClock => TimeNow - _start;

    /// <inheritdoc />
    public IAdvancedScheduler Advanced => this;

    /// <summary>The time that the test has moved to.</summary>
    protected DateTimeOffset TimeNow
    {
        get
        {
            lock (_lock)
                return _now;
        }
    }

    /// <summary>Moves the time on and fires, on this thread, the timers that are due then.</summary>
    public void Advance(TimeSpan offset)
    {
        List<Entry> due;
        lock (_lock)
        {
            _now += offset;
            due = _entries.Where(entry => entry.Due <= _now).OrderBy(entry => entry.Due).ThenBy(entry => entry.Sequence).ToList();
            _entries.RemoveAll(entry => entry.Due <= _now);
        }

        foreach (var entry in due)
        {
            if (entry.Cancelable is { IsCancellationRequested: true })
                continue;
            entry.Run();
            if (entry.Interval is { } interval)
                Add(interval, interval, entry.Run, entry.Cancelable);
        }
    }

    /// <summary>Moves the time on to a given one.</summary>
    /// <exception cref="InvalidOperationException">That would be back.</exception>
    public void AdvanceTo(DateTimeOffset when)
    {
        var now = TimeNow;
        if (when < now)
            throw new InvalidOperationException("You can't reverse time...");
        Advance(when - now);
    }

    /// <inheritdoc />
    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender) => ScheduleTellOnce(delay, receiver, message, sender, null);

    /// <inheritdoc />
    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Add(delay, null, () => receiver.Tell(message, sender), cancelable);

    /// <inheritdoc />
    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender) =>
        ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, null);

    /// <inheritdoc />
    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Add(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    /// <inheritdoc />
    public void ScheduleOnce(TimeSpan delay, Action action) => Add(delay, null, action, null);

    /// <inheritdoc />
    public void ScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) => Add(delay, null, action, cancelable);

    /// <inheritdoc />
    public void ScheduleOnce(TimeSpan delay, IRunnable action) => Add(delay, null, action.Run, null);

    /// <inheritdoc />
    public void ScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) => Add(delay, null, action.Run, cancelable);

    /// <inheritdoc />
    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) => Add(initialDelay, interval, action, null);

    /// <inheritdoc />
    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) => Add(initialDelay, interval, action, cancelable);

    /// <inheritdoc />
    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action) => Add(initialDelay, interval, action.Run, null);

    /// <inheritdoc />
    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        Add(initialDelay, interval, action.Run, cancelable);

    private void Add(TimeSpan delay, TimeSpan? interval, Action run, ICancelable cancelable)
    {
        lock (_lock)
            _entries.Add(new Entry(_now + delay, _sequence++, interval, run, cancelable));
    }
}
