using Akka.Actor;

namespace Akka.Event;

/// <summary>A logger has started.</summary>
public class LoggerInitialized : INoSerializationVerificationNeeded, IDeadLetterSuppression
{
}
