#nullable disable
namespace Akka.Actor;

/// <summary>An actor was interrupted while it worked.</summary>
public class ActorInterruptedException : AkkaException
{
    public ActorInterruptedException(string message = null, Exception cause = null)
        : base(message, cause)
    {
    }
}
