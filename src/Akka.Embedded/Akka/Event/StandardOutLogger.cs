namespace Akka.Event;

/// <summary>Prints log events to the console, a colour for each level.</summary>
public class StandardOutLogger : MinimalLogger
{
    private static readonly object ConsoleLock = new();

    /// <summary>The colour of debug events.</summary>
    public static ConsoleColor DebugColor { get; set; } = ConsoleColor.Gray;

    /// <summary>The colour of info events.</summary>
    public static ConsoleColor InfoColor { get; set; } = ConsoleColor.White;

    /// <summary>The colour of warnings.</summary>
    public static ConsoleColor WarningColor { get; set; } = ConsoleColor.Yellow;

    /// <summary>The colour of errors.</summary>
    public static ConsoleColor ErrorColor { get; set; } = ConsoleColor.Red;

    /// <summary>Whether colours are used.</summary>
    public static bool UseColors { get; set; } = true;

    /// <inheritdoc />
    protected override void Log(object message)
    {
        if (message is LogEvent logEvent)
            PrintLogEvent(logEvent);
        else
            Print(message.ToString(), null);
    }

    internal static void PrintLogEvent(LogEvent logEvent)
    {
        try
        {
            Print(logEvent.ToString(), logEvent.LogLevel() switch
            {
                LogLevel.DebugLevel => DebugColor,
                LogLevel.InfoLevel => InfoColor,
                LogLevel.WarningLevel => WarningColor,
                _ => ErrorColor
            });
        }
        catch (FormatException mismatch) when (logEvent.Message is LogMessage message)
        {
            // Someone's format and arguments do not go together: say where, instead of failing in the logger.
            Print($"[ERROR][{logEvent.LogSource}] A log message could not be formatted: \"{message.Format}\" with [{message.Unformatted()}]: {mismatch.Message}", ErrorColor);
        }
    }

    private static void Print(string text, ConsoleColor? color)
    {
        lock (ConsoleLock)
        {
            if (!UseColors || color == null || Console.IsOutputRedirected)
            {
                Console.WriteLine(text);
                return;
            }

            Console.ForegroundColor = color.Value;
            Console.WriteLine(text);
            Console.ResetColor();
        }
    }
}
