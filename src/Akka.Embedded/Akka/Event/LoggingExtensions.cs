namespace Akka.Event;

/// <summary>
/// How code logs: a level, an exception if there is one, and a format with positional placeholders (<c>{0}</c>). Nothing is formatted, and no
/// array made, if the level is off.
/// </summary>
public static class LoggingExtensions
{
    /// <summary>Logs something for those who look for an error.</summary>
    public static void Debug(this ILoggingAdapter log, Exception cause, string format) => log.Log(LogLevel.DebugLevel, cause, format);

    /// <summary>Logs something for those who look for an error.</summary>
    public static void Debug(this ILoggingAdapter log, Exception cause, string format, object[] args)
    {
        if (log.IsEnabled(LogLevel.DebugLevel))
            log.Log(LogLevel.DebugLevel, cause, new FormattedLogMessage(log.Formatter, format, args));
    }

    /// <summary>Logs something for those who look for an error.</summary>
    public static void Debug(this ILoggingAdapter log, string format) => log.Log(LogLevel.DebugLevel, null, format);

    /// <summary>Logs something for those who look for an error.</summary>
    public static void Debug(this ILoggingAdapter log, string format, object[] args)
    {
        if (log.IsEnabled(LogLevel.DebugLevel))
            log.Log(LogLevel.DebugLevel, null, new FormattedLogMessage(log.Formatter, format, args));
    }

    /// <summary>Logs something for those who look for an error.</summary>
    public static void Debug<T1, T2, T3, T4, T5, T6>(
        this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
    {
        if (log.IsEnabled(LogLevel.DebugLevel))
            log.Log(LogLevel.DebugLevel, cause, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3, arg4, arg5, arg6]));
    }

    /// <summary>Logs something for those who look for an error.</summary>
    public static void Debug<T1, T2, T3, T4, T5, T6>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
    {
        if (log.IsEnabled(LogLevel.DebugLevel))
            log.Log(LogLevel.DebugLevel, null, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3, arg4, arg5, arg6]));
    }

    /// <summary>Logs something for those who look for an error.</summary>
    public static void Debug<T1, T2, T3, T4, T5>(
        this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
    {
        if (log.IsEnabled(LogLevel.DebugLevel))
            log.Log(LogLevel.DebugLevel, cause, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3, arg4, arg5]));
    }

    /// <summary>Logs something for those who look for an error.</summary>
    public static void Debug<T1, T2, T3, T4, T5>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
    {
        if (log.IsEnabled(LogLevel.DebugLevel))
            log.Log(LogLevel.DebugLevel, null, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3, arg4, arg5]));
    }

    /// <summary>Logs something for those who look for an error.</summary>
    public static void Debug<T1, T2, T3, T4>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsEnabled(LogLevel.DebugLevel))
            log.Log(LogLevel.DebugLevel, cause, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3, arg4]));
    }

    /// <summary>Logs something for those who look for an error.</summary>
    public static void Debug<T1, T2, T3, T4>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsEnabled(LogLevel.DebugLevel))
            log.Log(LogLevel.DebugLevel, null, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3, arg4]));
    }

    /// <summary>Logs something for those who look for an error.</summary>
    public static void Debug<T1, T2, T3>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsEnabled(LogLevel.DebugLevel))
            log.Log(LogLevel.DebugLevel, cause, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3]));
    }

    /// <summary>Logs something for those who look for an error.</summary>
    public static void Debug<T1, T2, T3>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsEnabled(LogLevel.DebugLevel))
            log.Log(LogLevel.DebugLevel, null, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3]));
    }

    /// <summary>Logs something for those who look for an error.</summary>
    public static void Debug<T1, T2>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2)
    {
        if (log.IsEnabled(LogLevel.DebugLevel))
            log.Log(LogLevel.DebugLevel, cause, new FormattedLogMessage(log.Formatter, format, [arg1, arg2]));
    }

    /// <summary>Logs something for those who look for an error.</summary>
    public static void Debug<T1, T2>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2)
    {
        if (log.IsEnabled(LogLevel.DebugLevel))
            log.Log(LogLevel.DebugLevel, null, new FormattedLogMessage(log.Formatter, format, [arg1, arg2]));
    }

    /// <summary>Logs something for those who look for an error.</summary>
    public static void Debug<T1>(this ILoggingAdapter log, Exception cause, string format, T1 arg1)
    {
        if (log.IsEnabled(LogLevel.DebugLevel))
            log.Log(LogLevel.DebugLevel, cause, new FormattedLogMessage(log.Formatter, format, [arg1]));
    }

    /// <summary>Logs something for those who look for an error.</summary>
    public static void Debug<T1>(this ILoggingAdapter log, string format, T1 arg1)
    {
        if (log.IsEnabled(LogLevel.DebugLevel))
            log.Log(LogLevel.DebugLevel, null, new FormattedLogMessage(log.Formatter, format, [arg1]));
    }

    /// <summary>Logs something that failed.</summary>
    public static void Error(this ILoggingAdapter log, Exception cause, string format) => log.Log(LogLevel.ErrorLevel, cause, format);

    /// <summary>Logs something that failed.</summary>
    public static void Error(this ILoggingAdapter log, Exception cause, string format, object[] args)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel))
            log.Log(LogLevel.ErrorLevel, cause, new FormattedLogMessage(log.Formatter, format, args));
    }

    /// <summary>Logs something that failed.</summary>
    public static void Error(this ILoggingAdapter log, string format) => log.Log(LogLevel.ErrorLevel, null, format);

    /// <summary>Logs something that failed.</summary>
    public static void Error(this ILoggingAdapter log, string format, object[] args)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel))
            log.Log(LogLevel.ErrorLevel, null, new FormattedLogMessage(log.Formatter, format, args));
    }

    /// <summary>Logs something that failed.</summary>
    public static void Error<T1, T2, T3, T4, T5, T6>(
        this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel))
            log.Log(LogLevel.ErrorLevel, cause, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3, arg4, arg5, arg6]));
    }

    /// <summary>Logs something that failed.</summary>
    public static void Error<T1, T2, T3, T4, T5, T6>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel))
            log.Log(LogLevel.ErrorLevel, null, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3, arg4, arg5, arg6]));
    }

    /// <summary>Logs something that failed.</summary>
    public static void Error<T1, T2, T3, T4, T5>(
        this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel))
            log.Log(LogLevel.ErrorLevel, cause, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3, arg4, arg5]));
    }

    /// <summary>Logs something that failed.</summary>
    public static void Error<T1, T2, T3, T4, T5>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel))
            log.Log(LogLevel.ErrorLevel, null, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3, arg4, arg5]));
    }

    /// <summary>Logs something that failed.</summary>
    public static void Error<T1, T2, T3, T4>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel))
            log.Log(LogLevel.ErrorLevel, cause, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3, arg4]));
    }

    /// <summary>Logs something that failed.</summary>
    public static void Error<T1, T2, T3, T4>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel))
            log.Log(LogLevel.ErrorLevel, null, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3, arg4]));
    }

    /// <summary>Logs something that failed.</summary>
    public static void Error<T1, T2, T3>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel))
            log.Log(LogLevel.ErrorLevel, cause, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3]));
    }

    /// <summary>Logs something that failed.</summary>
    public static void Error<T1, T2, T3>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel))
            log.Log(LogLevel.ErrorLevel, null, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3]));
    }

    /// <summary>Logs something that failed.</summary>
    public static void Error<T1, T2>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel))
            log.Log(LogLevel.ErrorLevel, cause, new FormattedLogMessage(log.Formatter, format, [arg1, arg2]));
    }

    /// <summary>Logs something that failed.</summary>
    public static void Error<T1, T2>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel))
            log.Log(LogLevel.ErrorLevel, null, new FormattedLogMessage(log.Formatter, format, [arg1, arg2]));
    }

    /// <summary>Logs something that failed.</summary>
    public static void Error<T1>(this ILoggingAdapter log, Exception cause, string format, T1 arg1)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel))
            log.Log(LogLevel.ErrorLevel, cause, new FormattedLogMessage(log.Formatter, format, [arg1]));
    }

    /// <summary>Logs something that failed.</summary>
    public static void Error<T1>(this ILoggingAdapter log, string format, T1 arg1)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel))
            log.Log(LogLevel.ErrorLevel, null, new FormattedLogMessage(log.Formatter, format, [arg1]));
    }

    /// <summary>Logs something that went as it should.</summary>
    public static void Info(this ILoggingAdapter log, Exception cause, string format) => log.Log(LogLevel.InfoLevel, cause, format);

    /// <summary>Logs something that went as it should.</summary>
    public static void Info(this ILoggingAdapter log, Exception cause, string format, object[] args)
    {
        if (log.IsEnabled(LogLevel.InfoLevel))
            log.Log(LogLevel.InfoLevel, cause, new FormattedLogMessage(log.Formatter, format, args));
    }

    /// <summary>Logs something that went as it should.</summary>
    public static void Info(this ILoggingAdapter log, string format) => log.Log(LogLevel.InfoLevel, null, format);

    /// <summary>Logs something that went as it should.</summary>
    public static void Info(this ILoggingAdapter log, string format, object[] args)
    {
        if (log.IsEnabled(LogLevel.InfoLevel))
            log.Log(LogLevel.InfoLevel, null, new FormattedLogMessage(log.Formatter, format, args));
    }

    /// <summary>Logs something that went as it should.</summary>
    public static void Info<T1, T2, T3, T4, T5, T6>(
        this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
    {
        if (log.IsEnabled(LogLevel.InfoLevel))
            log.Log(LogLevel.InfoLevel, cause, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3, arg4, arg5, arg6]));
    }

    /// <summary>Logs something that went as it should.</summary>
    public static void Info<T1, T2, T3, T4, T5, T6>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
    {
        if (log.IsEnabled(LogLevel.InfoLevel))
            log.Log(LogLevel.InfoLevel, null, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3, arg4, arg5, arg6]));
    }

    /// <summary>Logs something that went as it should.</summary>
    public static void Info<T1, T2, T3, T4, T5>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
    {
        if (log.IsEnabled(LogLevel.InfoLevel))
            log.Log(LogLevel.InfoLevel, cause, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3, arg4, arg5]));
    }

    /// <summary>Logs something that went as it should.</summary>
    public static void Info<T1, T2, T3, T4, T5>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
    {
        if (log.IsEnabled(LogLevel.InfoLevel))
            log.Log(LogLevel.InfoLevel, null, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3, arg4, arg5]));
    }

    /// <summary>Logs something that went as it should.</summary>
    public static void Info<T1, T2, T3, T4>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsEnabled(LogLevel.InfoLevel))
            log.Log(LogLevel.InfoLevel, cause, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3, arg4]));
    }

    /// <summary>Logs something that went as it should.</summary>
    public static void Info<T1, T2, T3, T4>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsEnabled(LogLevel.InfoLevel))
            log.Log(LogLevel.InfoLevel, null, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3, arg4]));
    }

    /// <summary>Logs something that went as it should.</summary>
    public static void Info<T1, T2, T3>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsEnabled(LogLevel.InfoLevel))
            log.Log(LogLevel.InfoLevel, cause, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3]));
    }

    /// <summary>Logs something that went as it should.</summary>
    public static void Info<T1, T2, T3>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsEnabled(LogLevel.InfoLevel))
            log.Log(LogLevel.InfoLevel, null, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3]));
    }

    /// <summary>Logs something that went as it should.</summary>
    public static void Info<T1, T2>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2)
    {
        if (log.IsEnabled(LogLevel.InfoLevel))
            log.Log(LogLevel.InfoLevel, cause, new FormattedLogMessage(log.Formatter, format, [arg1, arg2]));
    }

    /// <summary>Logs something that went as it should.</summary>
    public static void Info<T1, T2>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2)
    {
        if (log.IsEnabled(LogLevel.InfoLevel))
            log.Log(LogLevel.InfoLevel, null, new FormattedLogMessage(log.Formatter, format, [arg1, arg2]));
    }

    /// <summary>Logs something that went as it should.</summary>
    public static void Info<T1>(this ILoggingAdapter log, Exception cause, string format, T1 arg1)
    {
        if (log.IsEnabled(LogLevel.InfoLevel))
            log.Log(LogLevel.InfoLevel, cause, new FormattedLogMessage(log.Formatter, format, [arg1]));
    }

    /// <summary>Logs something that went as it should.</summary>
    public static void Info<T1>(this ILoggingAdapter log, string format, T1 arg1)
    {
        if (log.IsEnabled(LogLevel.InfoLevel))
            log.Log(LogLevel.InfoLevel, null, new FormattedLogMessage(log.Formatter, format, [arg1]));
    }

    /// <summary>Logs at a given level.</summary>
    public static void Log(this ILoggingAdapter log, LogLevel level, Exception cause, string format, object[] args)
    {
        if (log.IsEnabled(level))
            log.Log(level, cause, new FormattedLogMessage(log.Formatter, format, args));
    }

    /// <summary>Logs at a given level.</summary>
    public static void Log(this ILoggingAdapter log, LogLevel level, string format) => log.Log(level, null, format);

    /// <summary>Logs at a given level.</summary>
    public static void Log(this ILoggingAdapter log, LogLevel level, string format, object[] args)
    {
        if (log.IsEnabled(level))
            log.Log(level, null, new FormattedLogMessage(log.Formatter, format, args));
    }

    /// <summary>Logs at a given level.</summary>
    public static void Log<T1, T2, T3, T4, T5, T6>(
        this ILoggingAdapter log, LogLevel logLevel, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
    {
        if (log.IsEnabled(logLevel))
            log.Log(logLevel, cause, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3, arg4, arg5, arg6]));
    }

    /// <summary>Logs at a given level.</summary>
    public static void Log<T1, T2, T3, T4, T5>(
        this ILoggingAdapter log, LogLevel logLevel, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
    {
        if (log.IsEnabled(logLevel))
            log.Log(logLevel, cause, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3, arg4, arg5]));
    }

    /// <summary>Logs at a given level.</summary>
    public static void Log<T1, T2, T3, T4>(
        this ILoggingAdapter log, LogLevel logLevel, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsEnabled(logLevel))
            log.Log(logLevel, cause, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3, arg4]));
    }

    /// <summary>Logs at a given level.</summary>
    public static void Log<T1, T2, T3>(this ILoggingAdapter log, LogLevel logLevel, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsEnabled(logLevel))
            log.Log(logLevel, cause, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3]));
    }

    /// <summary>Logs at a given level.</summary>
    public static void Log<T1, T2>(this ILoggingAdapter log, LogLevel logLevel, Exception cause, string format, T1 arg1, T2 arg2)
    {
        if (log.IsEnabled(logLevel))
            log.Log(logLevel, cause, new FormattedLogMessage(log.Formatter, format, [arg1, arg2]));
    }

    /// <summary>Logs at a given level.</summary>
    public static void Log<T1>(this ILoggingAdapter log, LogLevel logLevel, Exception cause, string format, T1 arg1)
    {
        if (log.IsEnabled(logLevel))
            log.Log(logLevel, cause, new FormattedLogMessage(log.Formatter, format, [arg1]));
    }

    /// <summary>Logs something that somebody should look at.</summary>
    public static void Warning(this ILoggingAdapter log, Exception cause, string format) => log.Log(LogLevel.WarningLevel, cause, format);

    /// <summary>Logs something that somebody should look at.</summary>
    public static void Warning(this ILoggingAdapter log, Exception cause, string format, object[] args)
    {
        if (log.IsEnabled(LogLevel.WarningLevel))
            log.Log(LogLevel.WarningLevel, cause, new FormattedLogMessage(log.Formatter, format, args));
    }

    /// <summary>Logs something that somebody should look at.</summary>
    public static void Warning(this ILoggingAdapter log, string format) => log.Log(LogLevel.WarningLevel, null, format);

    /// <summary>Logs something that somebody should look at.</summary>
    public static void Warning(this ILoggingAdapter log, string format, object[] args)
    {
        if (log.IsEnabled(LogLevel.WarningLevel))
            log.Log(LogLevel.WarningLevel, null, new FormattedLogMessage(log.Formatter, format, args));
    }

    /// <summary>Logs something that somebody should look at.</summary>
    public static void Warning<T1, T2, T3, T4, T5, T6>(
        this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
    {
        if (log.IsEnabled(LogLevel.WarningLevel))
            log.Log(LogLevel.WarningLevel, cause, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3, arg4, arg5, arg6]));
    }

    /// <summary>Logs something that somebody should look at.</summary>
    public static void Warning<T1, T2, T3, T4, T5, T6>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
    {
        if (log.IsEnabled(LogLevel.WarningLevel))
            log.Log(LogLevel.WarningLevel, null, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3, arg4, arg5, arg6]));
    }

    /// <summary>Logs something that somebody should look at.</summary>
    public static void Warning<T1, T2, T3, T4, T5>(
        this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
    {
        if (log.IsEnabled(LogLevel.WarningLevel))
            log.Log(LogLevel.WarningLevel, cause, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3, arg4, arg5]));
    }

    /// <summary>Logs something that somebody should look at.</summary>
    public static void Warning<T1, T2, T3, T4, T5>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
    {
        if (log.IsEnabled(LogLevel.WarningLevel))
            log.Log(LogLevel.WarningLevel, null, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3, arg4, arg5]));
    }

    /// <summary>Logs something that somebody should look at.</summary>
    public static void Warning<T1, T2, T3, T4>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsEnabled(LogLevel.WarningLevel))
            log.Log(LogLevel.WarningLevel, cause, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3, arg4]));
    }

    /// <summary>Logs something that somebody should look at.</summary>
    public static void Warning<T1, T2, T3, T4>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsEnabled(LogLevel.WarningLevel))
            log.Log(LogLevel.WarningLevel, null, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3, arg4]));
    }

    /// <summary>Logs something that somebody should look at.</summary>
    public static void Warning<T1, T2, T3>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsEnabled(LogLevel.WarningLevel))
            log.Log(LogLevel.WarningLevel, cause, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3]));
    }

    /// <summary>Logs something that somebody should look at.</summary>
    public static void Warning<T1, T2, T3>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsEnabled(LogLevel.WarningLevel))
            log.Log(LogLevel.WarningLevel, null, new FormattedLogMessage(log.Formatter, format, [arg1, arg2, arg3]));
    }

    /// <summary>Logs something that somebody should look at.</summary>
    public static void Warning<T1, T2>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2)
    {
        if (log.IsEnabled(LogLevel.WarningLevel))
            log.Log(LogLevel.WarningLevel, cause, new FormattedLogMessage(log.Formatter, format, [arg1, arg2]));
    }

    /// <summary>Logs something that somebody should look at.</summary>
    public static void Warning<T1, T2>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2)
    {
        if (log.IsEnabled(LogLevel.WarningLevel))
            log.Log(LogLevel.WarningLevel, null, new FormattedLogMessage(log.Formatter, format, [arg1, arg2]));
    }

    /// <summary>Logs something that somebody should look at.</summary>
    public static void Warning<T1>(this ILoggingAdapter log, Exception cause, string format, T1 arg1)
    {
        if (log.IsEnabled(LogLevel.WarningLevel))
            log.Log(LogLevel.WarningLevel, cause, new FormattedLogMessage(log.Formatter, format, [arg1]));
    }

    /// <summary>Logs something that somebody should look at.</summary>
    public static void Warning<T1>(this ILoggingAdapter log, string format, T1 arg1)
    {
        if (log.IsEnabled(LogLevel.WarningLevel))
            log.Log(LogLevel.WarningLevel, null, new FormattedLogMessage(log.Formatter, format, [arg1]));
    }
}
