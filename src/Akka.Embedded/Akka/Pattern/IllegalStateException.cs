using System.Runtime.Serialization;
using Akka.Actor;

namespace Akka.Pattern;

/// <summary>Something is not as it must be: a fault of the program, not of its input.</summary>
public class IllegalStateException : AkkaException
{
    public IllegalStateException(string message)
        : base(message)
    {
    }

    public IllegalStateException(string message, Exception innerEx)
        : base(message, innerEx)
    {
    }

    protected IllegalStateException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
    }
}
