using Akka.Actor;

namespace Akka.Event;

/// <summary>A message to an actor that had stopped, of a kind for which that is normal: it is published but not logged.</summary>
public sealed class SuppressedDeadLetter : AllDeadLetters
{
    /// <exception cref="ArgumentNullException">Sender or recipient is missing.</exception>
    public SuppressedDeadLetter(IDeadLetterSuppression message, IActorRef sender, IActorRef recipient) : base(message, sender, recipient)
    {
        ArgumentNullException.ThrowIfNull(sender);
        ArgumentNullException.ThrowIfNull(recipient);
    }
}
