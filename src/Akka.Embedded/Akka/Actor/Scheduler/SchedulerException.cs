using System.Runtime.Serialization;

namespace Akka.Actor;

/// <summary>A scheduler cannot do what it was asked to, because it has been shut down for example.</summary>
public sealed class SchedulerException : AkkaException
{
    /// <summary>With a message.</summary>
    public SchedulerException(string message) : base(message)
    {
    }

    /// <summary>For serializers.</summary>
    public SchedulerException(SerializationInfo info, StreamingContext context) : base(info, context)
    {
    }
}
