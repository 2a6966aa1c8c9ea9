#nullable disable
using Akka.Actor;

namespace Akka.Dispatch.MessageQueues;

/// <summary>A heap by (number, arrival), with a stack of messages that were put back in front.</summary>
internal sealed class PriorityHeap(Func<object, int> priority, int initialCapacity)
{
    private readonly PriorityQueue<Envelope, (int Priority, long Arrival)> _heap = new(initialCapacity);
    private Stack<Envelope> _front;
    private long _arrivals;

    public int Count => _heap.Count + (_front?.Count ?? 0);

    public void Enqueue(Envelope envelope) => _heap.Enqueue(envelope, (priority(envelope.Message), _arrivals++));

    public void EnqueueFirst(Envelope envelope) => (_front ??= new Stack<Envelope>()).Push(envelope);

    public bool TryDequeue(out Envelope envelope) =>
        (_front is not null && _front.TryPop(out envelope)) || _heap.TryDequeue(out envelope, out _);
}
