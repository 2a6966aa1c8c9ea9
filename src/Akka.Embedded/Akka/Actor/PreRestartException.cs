#nullable disable
namespace Akka.Actor;

/// <summary>PreRestart failed; it is logged, and the restart goes on.</summary>
public class PreRestartException : ActorInitializationException
{
    public PreRestartException(IActorRef actor, Exception restartException, Exception cause, object optionalMessage)
        : base(
            actor,
            $"Exception in PreRestart({(restartException is null ? "null" : restartException.GetType().ToString())}, {(optionalMessage is null ? "null" : optionalMessage.GetType().ToString())})",
            cause)
    {
        RestartException = restartException;
        OptionalMessage = optionalMessage;
    }

    /// <summary>The message that the actor was processing when it failed, if any.</summary>
    public object OptionalMessage { get; }

    public Exception RestartException { get; }
}
