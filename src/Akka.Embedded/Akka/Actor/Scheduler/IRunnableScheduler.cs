using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>Runs objects later.</summary>
public interface IRunnableScheduler
{
    /// <summary>Runs an object after a delay, unless it is cancelled before.</summary>
    void ScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable);

    /// <summary>Runs an object after a delay.</summary>
    void ScheduleOnce(TimeSpan delay, IRunnable action);

    /// <summary>Runs an object after a delay, and again after every interval, until it is cancelled.</summary>
    void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable);

    /// <summary>Runs an object after a delay, and again after every interval.</summary>
    void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action);
}
