namespace Akka.Event;

/// <summary>Something that somebody should look at.</summary>
public class Warning : LogEvent
{
    /// <summary>An event without an exception.</summary>
    public Warning(string logSource, Type logClass, object message) : this(null, logSource, logClass, message)
    {
    }

    /// <summary>An event with an exception.</summary>
    public Warning(Exception cause, string logSource, Type logClass, object message)
    {
        Cause = cause;
        LogSource = logSource;
        LogClass = logClass;
        Message = message;
    }

    /// <inheritdoc />
    public override LogLevel LogLevel() => Event.LogLevel.WarningLevel;
}
