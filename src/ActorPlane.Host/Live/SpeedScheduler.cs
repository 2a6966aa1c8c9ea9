using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace ActorPlane.Host.Live;

/// <summary>
/// Akka's wheel with a clock that runs <see cref="Speed"/> times as fast as the wall's: every delay is divided by it, and
/// the time that actors see is the wall's time since the start, multiplied. Waits shorter than the wheel's tick (10 ms of
/// wall time) are as coarse as that.
/// </summary>
public sealed class SpeedScheduler : SchedulerBase, IDateTimeOffsetNowTimeProvider, IDisposable
{
    private readonly IScheduler _wheel;
    private readonly DateTimeOffset _start;
    private readonly TimeSpan _wheelStart;

    /// <summary>Called by Akka, which finds the type by its name.</summary>
    public SpeedScheduler(Config config, ILoggingAdapter log) : base(config, log)
    {
        _wheel = new HashedWheelTimerScheduler(config, log);
        _start = DateTimeOffset.UtcNow;
        _wheelStart = _wheel.HighResMonotonicClock;
    }

    /// <summary>Cluster seconds in a second of wall time. Set once, right after the system's start and before its actors'.</summary>
    public double Speed { get; set; } = 1;

    /// <summary>Cluster time since the start.</summary>
    public TimeSpan Elapsed => (_wheel.HighResMonotonicClock - _wheelStart) * Speed;

    /// <inheritdoc />
    public override TimeSpan MonotonicClock => Elapsed;

    /// <inheritdoc />
    public override TimeSpan HighResMonotonicClock => Elapsed;

    /// <inheritdoc />
    protected override DateTimeOffset TimeNow => _start + Elapsed;

    /// <inheritdoc />
    public void Dispose() => ((IDisposable)_wheel).Dispose();

    /// <inheritdoc />
    protected override void InternalScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        _wheel.ScheduleTellOnce(delay / Speed, receiver, message, sender, cancelable);

    /// <inheritdoc />
    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        _wheel.ScheduleTellRepeatedly(initialDelay / Speed, interval / Speed, receiver, message, sender, cancelable);

    /// <inheritdoc />
    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) =>
        _wheel.Advanced.ScheduleOnce(delay / Speed, action, cancelable);

    /// <inheritdoc />
    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) =>
        _wheel.Advanced.ScheduleOnce(delay / Speed, action.Run, cancelable);

    /// <inheritdoc />
    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        _wheel.Advanced.ScheduleRepeatedly(initialDelay / Speed, interval / Speed, action, cancelable);

    /// <inheritdoc />
    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        _wheel.Advanced.ScheduleRepeatedly(initialDelay / Speed, interval / Speed, action.Run, cancelable);
}
