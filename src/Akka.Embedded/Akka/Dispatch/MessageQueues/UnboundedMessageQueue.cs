#nullable disable
using Akka.Actor;

namespace Akka.Dispatch.MessageQueues;

/// <summary>The queue of <see cref="UnboundedMailbox"/>: first in, first out, without locks.</summary>
public class UnboundedMessageQueue : IMessageQueue, IUnboundedMessageQueueSemantics
{
    /// <summary>A mailbox that keeps the messages itself, and shows them through this queue.</summary>
    private readonly Mailbox _mailbox;
    private MessageStack _own;

    public UnboundedMessageQueue()
    {
    }

    internal UnboundedMessageQueue(Mailbox mailbox) => _mailbox = mailbox;

    public bool HasMessages => Messages.HasMessages;

    public int Count => Messages.Count;

    private ref MessageStack Messages => ref _mailbox is null ? ref _own : ref _mailbox.Messages;

    public void Enqueue(IActorRef receiver, Envelope envelope) => Messages.Push(envelope);

    public bool TryDequeue(out Envelope envelope) => Messages.TryTake(out envelope);

    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        while (TryDequeue(out var envelope))
            deadletters.Enqueue(owner, envelope);
    }
}
