#nullable disable
using Akka.Actor;

namespace Akka.Dispatch.MessageQueues;

/// <summary>
/// Senders push onto a lock-free stack; the one reader takes the whole stack at once and reverses it, so that messages come out
/// in order. Empty, it is two references, which is what makes an idle actor small.
/// </summary>
internal struct MessageStack
{
    private Node _pushed;
    private Node _taken;

    public readonly bool HasMessages => _taken is not null || Volatile.Read(in _pushed) is not null;

    public readonly int Count => Length(_taken) + Length(Volatile.Read(in _pushed));

    public void Push(Envelope envelope)
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

    public bool TryTake(out Envelope envelope)
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
