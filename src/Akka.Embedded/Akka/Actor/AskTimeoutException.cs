#nullable disable
namespace Akka.Actor;

/// <summary>No answer to an Ask arrived in time.</summary>
public class AskTimeoutException : AkkaException
{
    public AskTimeoutException(string message)
        : base(message)
    {
    }
}
