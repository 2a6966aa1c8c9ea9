namespace Akka.Actor;

/// <summary>Runs delegates later.</summary>
public interface IActionScheduler : IRunnableScheduler
{
    /// <summary>Runs a delegate after a delay, unless it is cancelled before.</summary>
    void ScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable);

    /// <summary>Runs a delegate after a delay.</summary>
    void ScheduleOnce(TimeSpan delay, Action action);

    /// <summary>Runs a delegate after a delay, and again after every interval, until it is cancelled.</summary>
    void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable);

    /// <summary>Runs a delegate after a delay, and again after every interval.</summary>
    void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action);
}
