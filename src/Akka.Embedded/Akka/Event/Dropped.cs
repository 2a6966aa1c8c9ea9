using Akka.Actor;

namespace Akka.Event;

/// <summary>A message that had to give way, for want of room for example.</summary>
public sealed class Dropped : AllDeadLetters
{
    /// <summary>A message without a known sender.</summary>
    public Dropped(object message, string reason, IActorRef recipient) : this(message, reason, ActorRefs.NoSender, recipient)
    {
    }

    /// <summary>A message with its sender.</summary>
    public Dropped(object message, string reason, IActorRef sender, IActorRef recipient) : base(message, sender, recipient) => Reason = reason;

    /// <summary>Why it was dropped.</summary>
    public string Reason { get; }
}
