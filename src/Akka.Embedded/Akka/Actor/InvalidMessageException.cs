#nullable disable
namespace Akka.Actor;

/// <summary>A message that cannot be sent, as null.</summary>
public class InvalidMessageException : AkkaException
{
    public InvalidMessageException()
        : this("Message is null")
    {
    }

    public InvalidMessageException(string message)
        : base(message)
    {
    }
}
