namespace Akka.Actor;

/// <summary>Tells the time. Everything in this runtime that needs the time asks its scheduler for it.</summary>
public interface ITimeProvider
{
    /// <summary>The date and time.</summary>
    DateTimeOffset Now { get; }

    /// <summary>The time since some start; it never goes back.</summary>
    TimeSpan MonotonicClock { get; }

    /// <summary>The same, as exactly as possible.</summary>
    TimeSpan HighResMonotonicClock { get; }
}
