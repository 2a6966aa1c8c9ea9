#nullable disable
using Akka.Dispatch;
using Akka.Util;

namespace Akka.Actor.Internal;

/// <summary>A stash on top of a deque mailbox.</summary>
public abstract class AbstractStash : IStash
{
    private readonly ActorCell _cell;
    private readonly int _capacity;
    private LinkedList<Envelope> _messages;
    private int _stashedEnvelope = -1;

    protected AbstractStash(IActorContext context)
    {
        _cell = (ActorCell)context;
        if (_cell.Mailbox.MessageQueue is not IDequeBasedMessageQueueSemantics)
        {
            throw new NotSupportedException(
                $"DequeBasedMailbox required, got: {_cell.Mailbox.MessageQueue.GetType().Name}. An (unbounded) deque-based mailbox can be configured as follows: my-custom-mailbox {{ mailbox-type = \"{typeof(UnboundedDequeBasedMailbox).FullName}\" }}");
        }

        var props = context.Props;
        _capacity = props.Deploy.StashCapacity != Deploy.NoStashSize
            ? props.Deploy.StashCapacity
            : context.System.Mailboxes.StashCapacity(props.Dispatcher, props.Mailbox);
    }

    public virtual int Capacity => _capacity;

    public int Count => _messages?.Count ?? 0;

    public bool IsEmpty => Count == 0;

    public bool IsFull => Capacity >= 0 && Count >= Capacity;

    public bool NonEmpty => Count > 0;

    public void Stash()
    {
        var message = _cell.CurrentMessage;
        if (_cell.CurrentEnvelopeId == _stashedEnvelope)
            throw new IllegalActorStateException($"Can't stash the same message {message} more than once");
        if (Capacity > 0 && Count >= Capacity)
            throw new StashOverflowException($"Couldn't enqueue message {message} from {_cell.Sender} to stash of {_cell.Self}");
        _stashedEnvelope = _cell.CurrentEnvelopeId;
        (_messages ??= []).AddLast(new Envelope(message, _cell.Sender));
    }

    public void Unstash()
    {
        if (_messages is not { First: { } first })
            return;
        _messages.RemoveFirst();
        EnqueueFirst(first.Value);
    }

    public void UnstashAll() => UnstashAll(_ => true);

    public void UnstashAll(Func<Envelope, bool> filterPredicate)
    {
        if (_messages is not { Count: > 0 } messages)
            return;
        _messages = null;
        for (var node = messages.Last; node is not null; node = node.Previous)
        {
            if (filterPredicate(node.Value))
                EnqueueFirst(node.Value);
        }
    }

    public IEnumerable<Envelope> ClearStash()
    {
        var messages = _messages;
        _messages = null;
        return messages ?? (IEnumerable<Envelope>)[];
    }

    public void Prepend(IEnumerable<Envelope> envelopes)
    {
        _messages ??= [];
        foreach (var envelope in envelopes.Distinct().Reverse())
        {
            if (!_messages.Contains(envelope))
                _messages.AddFirst(envelope);
        }
    }

    private void EnqueueFirst(Envelope envelope)
    {
        ((IDequeBasedMessageQueueSemantics)_cell.Mailbox.MessageQueue).EnqueueFirst(envelope);

        // It was received once, and will be again.
        if (envelope.Message is Terminated terminated)
            _cell.TerminatedQueuedFor(terminated.ActorRef, Option<object>.None);
    }
}
