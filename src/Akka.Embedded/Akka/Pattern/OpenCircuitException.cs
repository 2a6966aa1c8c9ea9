using System.Runtime.Serialization;
using Akka.Actor;

namespace Akka.Pattern;

/// <summary>A call was refused, because those before it failed.</summary>
public class OpenCircuitException : AkkaException
{
    public OpenCircuitException()
        : this("Circuit Breaker is open; calls are failing fast")
    {
    }

    public OpenCircuitException(string message)
        : base(message)
    {
    }

    public OpenCircuitException(string message, TimeSpan remainingDuration)
        : base(message) =>
        RemainingDuration = remainingDuration;

    public OpenCircuitException(string message, Exception cause)
        : base(message, cause)
    {
    }

    protected OpenCircuitException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
    }

    /// <summary>How long calls go on being refused.</summary>
    public TimeSpan RemainingDuration { get; }
}
