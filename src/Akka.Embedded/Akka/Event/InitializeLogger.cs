using Akka.Actor;

namespace Akka.Event;

/// <summary>Tells a logger to start. It replies with <see cref="LoggerInitialized" />.</summary>
public class InitializeLogger : INoSerializationVerificationNeeded
{
    /// <param name="loggingBus">The bus that log events are published on.</param>
    public InitializeLogger(LoggingBus loggingBus) => LoggingBus = loggingBus;

    /// <summary>The bus that log events are published on.</summary>
    public LoggingBus LoggingBus { get; }
}
