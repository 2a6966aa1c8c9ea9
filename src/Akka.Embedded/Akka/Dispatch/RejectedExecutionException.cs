#nullable disable
using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>A dispatcher that was shut down got work.</summary>
public class RejectedExecutionException : AkkaException
{
    public RejectedExecutionException(string message = null, Exception inner = null)
        : base(message, inner)
    {
    }
}
