namespace Akka.Event;

/// <summary>Something that failed.</summary>
public class Error : LogEvent
{
    /// <summary>An event with the exception, if there is one.</summary>
    public Error(Exception cause, string logSource, Type logClass, object message)
    {
        Cause = cause;
        LogSource = logSource;
        LogClass = logClass;
        Message = message;
    }

    /// <inheritdoc />
    public override LogLevel LogLevel() => Event.LogLevel.ErrorLevel;
}
