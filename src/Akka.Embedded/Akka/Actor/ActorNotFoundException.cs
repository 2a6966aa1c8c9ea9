#nullable disable
namespace Akka.Actor;

/// <summary><see cref="ActorSelection.ResolveOne(TimeSpan)"/> found no actor in time.</summary>
public class ActorNotFoundException : AkkaException
{
    public ActorNotFoundException()
    {
    }

    public ActorNotFoundException(string message, Exception innerException = null)
        : base(message, innerException)
    {
    }
}
