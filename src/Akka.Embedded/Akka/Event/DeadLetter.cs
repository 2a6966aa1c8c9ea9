using Akka.Actor;

namespace Akka.Event;

/// <summary>A message to an actor that had stopped or never was.</summary>
public sealed class DeadLetter : AllDeadLetters
{
    /// <exception cref="ArgumentNullException">Sender or recipient is missing.</exception>
    public DeadLetter(object message, IActorRef sender, IActorRef recipient) : base(message, sender, recipient)
    {
        ArgumentNullException.ThrowIfNull(sender);
        ArgumentNullException.ThrowIfNull(recipient);
    }
}
