namespace Akka.Event;

/// <summary>What code logs through. The methods that it calls are in <see cref="LoggingExtensions" />.</summary>
public interface ILoggingAdapter
{
    /// <summary>Joins formats and arguments.</summary>
    ILogMessageFormatter Formatter { get; }

    /// <summary>Whether debug events are logged.</summary>
    bool IsDebugEnabled { get; }

    /// <summary>Whether info events are logged.</summary>
    bool IsInfoEnabled { get; }

    /// <summary>Whether warnings are logged.</summary>
    bool IsWarningEnabled { get; }

    /// <summary>Whether errors are logged.</summary>
    bool IsErrorEnabled { get; }

    /// <summary>Whether a level is logged.</summary>
    bool IsEnabled(LogLevel logLevel);

    /// <summary>Logs a message with arguments, if its level is logged.</summary>
    void Log(LogLevel logLevel, Exception cause, LogMessage message);

    /// <summary>Logs text, if its level is logged.</summary>
    void Log(LogLevel logLevel, Exception cause, string format);
}
