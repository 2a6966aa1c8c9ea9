using Akka.Actor;

namespace Akka.Event;

/// <summary>A message that did not do its work: nobody received it, or the receiver did not handle it.</summary>
public abstract class AllDeadLetters : IWrappedMessage
{
    /// <param name="message">What was sent.</param>
    /// <param name="sender">Who sent it.</param>
    /// <param name="recipient">Whom it was sent to.</param>
    protected AllDeadLetters(object message, IActorRef sender, IActorRef recipient)
    {
        Message = message;
        Sender = sender;
        Recipient = recipient;
    }

    /// <summary>What was sent.</summary>
    public object Message { get; }

    /// <summary>Who sent it.</summary>
    public IActorRef Sender { get; }

    /// <summary>Whom it was sent to.</summary>
    public IActorRef Recipient { get; }

    /// <inheritdoc />
    public override string ToString() => $"{GetType().Name} from {Sender} to {Recipient}: <{Message}>";
}
