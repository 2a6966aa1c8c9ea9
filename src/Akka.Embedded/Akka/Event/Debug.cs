namespace Akka.Event;

/// <summary>Something for those who look for an error.</summary>
public class Debug : LogEvent
{
    /// <summary>An event without an exception.</summary>
    public Debug(string logSource, Type logClass, object message) : this(null, logSource, logClass, message)
    {
    }

    /// <summary>An event with an exception.</summary>
    public Debug(Exception cause, string logSource, Type logClass, object message)
    {
        Cause = cause;
        LogSource = logSource;
        LogClass = logClass;
        Message = message;
    }

    /// <inheritdoc />
    public override LogLevel LogLevel() => Event.LogLevel.DebugLevel;
}
