#nullable disable
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>Where undeliverable messages go: each is published as a <see cref="DeadLetter"/>.</summary>
public class DeadLetterActorRef : EmptyLocalActorRef
{
    public DeadLetterActorRef(IActorRefProvider provider, ActorPath path, EventStream eventStream)
        : base(provider, path, eventStream)
    {
    }

    protected override void TellInternal(object message, IActorRef sender)
    {
        switch (message)
        {
            case null:
                throw new InvalidMessageException();
            case Identify identify:
                sender?.Tell(new ActorIdentity(identify.MessageId, this));
                return;
            case DeadLetter deadLetter:
                if (!SpecialHandle(deadLetter.Message, deadLetter.Sender))
                    Events.Publish(deadLetter);
                return;
            default:
                if (!SpecialHandle(message, sender))
                    Events.Publish(new DeadLetter(message, sender.IsNobody() ? Provider.DeadLetters : sender, this));
                return;
        }
    }

    protected override bool SpecialHandle(object message, IActorRef sender)
    {
        if (message is Watch watch)
        {
            if (!watch.Watchee.Equals(this) && !watch.Watcher.Equals(this))
                watch.Watcher.SendSystemMessage(new DeathWatchNotification(watch.Watchee, false, false));
            return true;
        }

        return base.SpecialHandle(message, sender);
    }
}
