#nullable disable
namespace Akka.Actor;

/// <summary>Thrown inside an actor that received <see cref="Kill"/>. The default decider answers with Stop.</summary>
public class ActorKilledException : AkkaException
{
    public ActorKilledException()
    {
    }

    public ActorKilledException(string message)
        : base(message)
    {
    }
}
