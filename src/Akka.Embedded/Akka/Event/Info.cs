namespace Akka.Event;

/// <summary>Something that went as it should.</summary>
public class Info : LogEvent
{
    /// <summary>An event without an exception.</summary>
    public Info(string logSource, Type logClass, object message) : this(null, logSource, logClass, message)
    {
    }

    /// <summary>An event with an exception.</summary>
    public Info(Exception cause, string logSource, Type logClass, object message)
    {
        Cause = cause;
        LogSource = logSource;
        LogClass = logClass;
        Message = message;
    }

    /// <inheritdoc />
    public override LogLevel LogLevel() => Event.LogLevel.InfoLevel;
}
