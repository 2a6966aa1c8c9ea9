using Akka.Actor;

namespace Akka.Event;

/// <summary>A logger that is no actor: it works before and after the actor system does.</summary>
public abstract class MinimalLogger : MinimalActorRef
{
    /// <inheritdoc />
    /// <exception cref="NotSupportedException">Always: it belongs to no actor system.</exception>
    public sealed override IActorRefProvider Provider => throw new NotSupportedException("This logger does not belong to an actor system.");

    /// <inheritdoc />
    public sealed override ActorPath Path { get; } = new RootActorPath(Address.AllSystems, "/StandardOutLogger");

    /// <summary>Logs what was sent to it, usually a <see cref="LogEvent" />.</summary>
    protected abstract void Log(object message);

    /// <inheritdoc />
    protected sealed override void TellInternal(object message, IActorRef sender)
    {
        if (message == null)
            throw new InvalidMessageException("The message to log is missing.");
        Log(message);
    }
}
