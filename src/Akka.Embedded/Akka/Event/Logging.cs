using Akka.Actor;

namespace Akka.Event;

/// <summary>Makes logging adapters, and translates between log levels, their names and their events.</summary>
public static class Logging
{
    private const LogLevel OffLevel = (LogLevel)int.MaxValue;

    /// <summary>The event class of a level.</summary>
    public static Type ClassFor(this LogLevel logLevel) => logLevel switch
    {
        LogLevel.DebugLevel => typeof(Debug),
        LogLevel.InfoLevel => typeof(Info),
        LogLevel.WarningLevel => typeof(Warning),
        LogLevel.ErrorLevel => typeof(Error),
        _ => throw new ArgumentException("Unknown LogLevel", nameof(logLevel))
    };

    /// <summary>The name of a level.</summary>
    public static string StringFor(this LogLevel logLevel) => logLevel switch
    {
        LogLevel.DebugLevel => "DEBUG",
        LogLevel.InfoLevel => "INFO",
        LogLevel.WarningLevel => "WARNING",
        LogLevel.ErrorLevel => "ERROR",
        OffLevel => "OFF",
        _ => throw new ArgumentException("Unknown LogLevel", nameof(logLevel))
    };

    /// <summary>The level of a name, in capitals or not. <c>OFF</c> is a level above all others.</summary>
    /// <exception cref="ArgumentException">There is no such level.</exception>
    public static LogLevel LogLevelFor(string logLevel) => logLevel?.ToUpperInvariant() switch
    {
        "DEBUG" => LogLevel.DebugLevel,
        "INFO" => LogLevel.InfoLevel,
        "WARNING" => LogLevel.WarningLevel,
        "ERROR" => LogLevel.ErrorLevel,
        "OFF" => OffLevel,
        _ => throw new ArgumentException($"Unknown LogLevel: \"{logLevel}\". Valid values are: \"Debug\", \"Info\", \"Warning\", \"Error\"", nameof(logLevel))
    };

    /// <summary>The level of an event class.</summary>
    /// <exception cref="ArgumentException">The class belongs to no level.</exception>
    public static LogLevel LogLevelFor<T>() where T : LogEvent
    {
        if (typeof(T) == typeof(Debug))
            return LogLevel.DebugLevel;
        if (typeof(T) == typeof(Info))
            return LogLevel.InfoLevel;
        if (typeof(T) == typeof(Warning))
            return LogLevel.WarningLevel;
        if (typeof(T) == typeof(Error))
            return LogLevel.ErrorLevel;
        throw new ArgumentException($"Unknown LogEvent type: \"{typeof(T).FullName}\"");
    }

    /// <summary>An adapter for an actor, named by its path.</summary>
    public static ILoggingAdapter GetLogger(this IActorContext context, ILogMessageFormatter logMessageFormatter = null) =>
        GetLogger(context.System, context, logMessageFormatter);

    /// <summary>An adapter for an object of an actor system.</summary>
    public static ILoggingAdapter GetLogger(ActorSystem system, object logSourceObj, ILogMessageFormatter logMessageFormatter = null)
    {
        var source = LogSource.Create(logSourceObj, system);
        return new BusLogging(system.EventStream, source.Source, source.Type, logMessageFormatter ?? system.Settings.LogFormatter);
    }

    /// <summary>An adapter that publishes on a bus.</summary>
    public static ILoggingAdapter GetLogger(LoggingBus loggingBus, object logSourceObj, ILogMessageFormatter logMessageFormatter = null)
    {
        var source = LogSource.Create(logSourceObj);
        return new BusLogging(loggingBus, source.Source, source.Type, logMessageFormatter ?? DefaultLogMessageFormatter.Instance);
    }

    /// <summary>The name of the object's type, without its namespace.</summary>
    public static string SimpleName(object o) => SimpleName(o.GetType());

    /// <summary>The name of the type, without its namespace.</summary>
    public static string SimpleName(Type t) => t.Name;
}
