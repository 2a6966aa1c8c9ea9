#nullable disable
namespace Akka.Actor;

/// <summary>An operation that the actor's state forbids, as stashing the same message twice.</summary>
public class IllegalActorStateException : AkkaException
{
    public IllegalActorStateException(string message)
        : base(message)
    {
    }
}
