namespace Akka.Event;

/// <summary>How important a log event is.</summary>
public enum LogLevel
{
    /// <summary>For those who look for an error.</summary>
    DebugLevel,

    /// <summary>What went as it should.</summary>
    InfoLevel,

    /// <summary>Somebody should look.</summary>
    WarningLevel,

    /// <summary>Something failed.</summary>
    ErrorLevel
}
