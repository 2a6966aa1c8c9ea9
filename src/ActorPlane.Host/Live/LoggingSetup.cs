using Akka.Actor.Setup;
using Microsoft.Extensions.Logging;

namespace ActorPlane.Host.Live;

/// <summary>Carries the host's loggers to <see cref="HostLogger"/>, which Akka creates by its type's name.</summary>
internal sealed class LoggingSetup(ILoggerFactory factory) : Setup
{
    /// <summary>The loggers of the system with these settings.</summary>
    public static ILoggerFactory Of(Akka.Actor.Settings settings) =>
        settings.Setup.Get<LoggingSetup>() is { HasValue: true } setup
            ? setup.Value.Factory
            : throw new InvalidOperationException("This system was not started by the host: its logger has nowhere to log to.");

    private ILoggerFactory Factory { get; } = factory;
}
