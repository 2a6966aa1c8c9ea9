using System.Runtime.Serialization;

namespace Akka.Actor;

/// <summary>What this runtime throws derives from this.</summary>
public abstract class AkkaException : Exception
{
    /// <summary>Without a message.</summary>
    protected AkkaException()
    {
    }

    /// <summary>With a message and what led to it.</summary>
    protected AkkaException(string message, Exception cause = null) : base(message, cause)
    {
    }

    /// <summary>For serializers.</summary>
#pragma warning disable SYSLIB0051 // Akka.NET's exceptions have this constructor.
    protected AkkaException(SerializationInfo info, StreamingContext context) : base(info, context)
#pragma warning restore SYSLIB0051
    {
    }

    /// <summary>What led to it.</summary>
    protected Exception Cause => InnerException;
}
