using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace ActorPlane.Host.Live;

/// <summary>Hands what actors log over to Microsoft.Extensions.Logging, under the name of the class that logs.</summary>
public sealed class HostLogger : ReceiveActor, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    private readonly ILoggerFactory _factory = LoggingSetup.Of(Context.System.Settings);

    /// <summary>Called by Akka, which finds the type by its name.</summary>
    public HostLogger()
    {
        Receive<LogEvent>(Log);
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
    }

    private void Log(LogEvent logged)
    {
        var level = logged.LogLevel() switch
        {
            Akka.Event.LogLevel.DebugLevel => LogLevel.Debug,
            Akka.Event.LogLevel.InfoLevel => LogLevel.Information,
            Akka.Event.LogLevel.WarningLevel => LogLevel.Warning,
            _ => LogLevel.Error,
        };
        var logger = _factory.CreateLogger(logged.LogClass?.FullName ?? "Akka");
        if (logger.IsEnabled(level)) logger.Log(level, default, logged, logged.Cause, static (e, _) => $"{e.Message} [{e.LogSource}]");
    }
}
