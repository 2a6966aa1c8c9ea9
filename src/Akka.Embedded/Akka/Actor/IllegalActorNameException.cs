#nullable disable
namespace Akka.Actor;

/// <summary>A name that no actor can have.</summary>
public class IllegalActorNameException : AkkaException
{
    public IllegalActorNameException(string message)
        : base(message)
    {
    }
}
