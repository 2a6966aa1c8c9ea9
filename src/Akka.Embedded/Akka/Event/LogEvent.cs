using System.Globalization;
using Akka.Actor;

namespace Akka.Event;

/// <summary>Something to log: published on the event stream, received by loggers.</summary>
public abstract class LogEvent : INoSerializationVerificationNeeded
{
    private DateTime? _timestamp;

    /// <summary>An event of the current thread.</summary>
    protected LogEvent() => Thread = Thread.CurrentThread;

    /// <summary>What went wrong, if anything.</summary>
    public Exception Cause { get; protected set; }

    /// <summary>When it was logged (UTC), by the clock of the actor system that it was published in.</summary>
    public DateTime Timestamp => _timestamp ??= DateTime.UtcNow;

    /// <summary>The thread that logged.</summary>
    public Thread Thread { get; }

    /// <summary>Who logged, usually the path of an actor.</summary>
    public string LogSource { get; protected set; }

    /// <summary>The type of who logged.</summary>
    public Type LogClass { get; protected set; }

    /// <summary>Text, or a <see cref="LogMessage" /> that becomes text when it is needed.</summary>
    public object Message { get; protected set; }

    internal bool HasTimestamp => _timestamp.HasValue;

    /// <summary>How important it is.</summary>
    public abstract LogLevel LogLevel();

    /// <inheritdoc />
    public override string ToString()
    {
        var text = string.Format(CultureInfo.InvariantCulture, "[{0}][{1:MM/dd/yyyy HH:mm:ss.fff}Z][Thread {2:0000}][{3}] {4}",
            LogLevel().StringFor(), Timestamp, Thread.ManagedThreadId, LogSource, Message);
        return Cause == null ? text : text + Environment.NewLine + "Cause: " + Cause;
    }

    internal void StampWith(DateTime now) => _timestamp = now;
}
