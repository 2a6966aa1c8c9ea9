#nullable disable
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The handle of a path where no actor is: what it gets goes to dead letters.</summary>
public class EmptyLocalActorRef : MinimalActorRef
{
    private readonly EventStream _eventStream;

    public EmptyLocalActorRef(IActorRefProvider provider, ActorPath path, EventStream eventStream)
    {
        Provider = provider;
        Path = path;
        _eventStream = eventStream;
    }

    public override ActorPath Path { get; }

    public override IActorRefProvider Provider { get; }

#pragma warning disable CS0809 // As in Akka.NET, where the base is not marked.
    [Obsolete("Use Context.Watch and Receive<Terminated> [1.1.0]")]
    public override bool IsTerminated => true;
#pragma warning restore CS0809

    internal EventStream Events => _eventStream;

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (message is null)
            throw new InvalidMessageException();
        if (message is DeadLetter deadLetter)
            SpecialHandle(deadLetter.Message, deadLetter.Sender);
        else if (!SpecialHandle(message, sender))
            _eventStream.Publish(new DeadLetter(message, sender.IsNobody() ? Provider.DeadLetters : sender, this));
    }

    public override void SendSystemMessage(ISystemMessage message) => SpecialHandle(message, Provider.DeadLetters);

    /// <summary>Answers what an absent actor must answer: watches, identifications, selections.</summary>
    protected virtual bool SpecialHandle(object message, IActorRef sender)
    {
        switch (message)
        {
            case Watch watch:
                if (watch.Watchee.Equals(this) && !watch.Watcher.Equals(this))
                    watch.Watcher.SendSystemMessage(new DeathWatchNotification(watch.Watchee, false, false));
                return true;
            case Unwatch:
                return true;
            case Identify identify:
                sender?.Tell(new ActorIdentity(identify.MessageId, null));
                return true;
            case ActorSelectionMessage selection:
                if (selection.Message is Identify wanted)
                {
                    if (!selection.WildCardFanOut)
                        sender?.Tell(new ActorIdentity(wanted.MessageId, null));
                }
                else if (selection.Message is IDeadLetterSuppression quiet)
                {
                    PublishSuppressed(quiet, sender);
                }
                else
                {
                    _eventStream.Publish(new DeadLetter(selection.Message, sender.IsNobody() ? Provider.DeadLetters : sender, this));
                }

                return true;
            case IDeadLetterSuppression suppressed:
                PublishSuppressed(suppressed, sender);
                return true;
            default:
                return false;
        }
    }

    private void PublishSuppressed(IDeadLetterSuppression message, IActorRef sender) =>
        _eventStream.Publish(new SuppressedDeadLetter(message, sender.IsNobody() ? Provider.DeadLetters : sender, this));
}
