#nullable disable
namespace Akka.Actor;

/// <summary>An actor's name is malformed or already taken among its siblings.</summary>
public class InvalidActorNameException : AkkaException
{
    public InvalidActorNameException(string message)
        : base(message)
    {
    }

    public InvalidActorNameException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
