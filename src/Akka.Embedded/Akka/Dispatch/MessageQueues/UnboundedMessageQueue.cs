#nullable disable
using Akka.Actor;

namespace Akka.Dispatch.MessageQueues;

/// <summary>
/// Senders push onto a lock-free stack; the mailbox takes the whole stack at once and reverses it.
/// An empty queue costs two references, which is what makes an idle actor small.
/// </summary>
public class UnboundedMessageQueue : IMessageQueue, IUnboundedMessageQueueSemantics
{
    private Node _pushed;
    private Node _taken;

    public UnboundedMessageQueue()
    {
    }

    public bool HasMessages => _taken is not null || Volatile.Read(ref _pushed) is not null;

    public int Count => Length(_taken) + Length(Volatile.Read(ref _pushed));

    public void Enqueue(IActorRef receiver, Envelope envelope)
    {
        var node = new Node(envelope);
        var head = _pushed;
        while (true)
        {
            node.Next = head;
            var seen = Interlocked.CompareExchange(ref _pushed, node, head);
            if (ReferenceEquals(seen, head))
                return;
            head = seen;
        }
    }

    public bool TryDequeue(out Envelope envelope)
    {
        var node = _taken;
        if (node is null)
        {
            if (Volatile.Read(ref _pushed) is null)
            {
                envelope = default;
                return false;
            }

            node = Reverse(Interlocked.Exchange(ref _pushed, null));
        }

        _taken = node.Next;
        node.Next = null;
        envelope = node.Envelope;
        return true;
    }

    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        while (TryDequeue(out var envelope))
            deadletters.Enqueue(owner, envelope);
    }

    private static Node Reverse(Node node)
    {
        Node reversed = null;
        while (node is not null)
        {
            var next = node.Next;
            node.Next = reversed;
            reversed = node;
            node = next;
        }

        return reversed;
    }

    private static int Length(Node node)
    {
        var count = 0;
        for (; node is not null; node = node.Next)
            count++;
        return count;
    }

    private sealed class Node(Envelope envelope)
    {
        public readonly Envelope Envelope = envelope;
        public Node Next;
    }
}
