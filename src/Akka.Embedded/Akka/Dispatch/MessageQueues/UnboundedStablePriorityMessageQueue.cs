#nullable disable
using Akka.Actor;

namespace Akka.Dispatch.MessageQueues;

/// <summary>The queue of <see cref="UnboundedStablePriorityMailbox"/>.</summary>
public class UnboundedStablePriorityMessageQueue : BlockingMessageQueue, IUnboundedDequeBasedMessageQueueSemantics
{
    private readonly PriorityHeap _heap;

    public UnboundedStablePriorityMessageQueue(Func<object, int> priorityGenerator, int initialCapacity) =>
        _heap = new PriorityHeap(priorityGenerator, initialCapacity);

    protected override int LockedCount => _heap.Count;

    public void EnqueueFirst(Envelope envelope) => _heap.EnqueueFirst(envelope);

    protected override void LockedEnqueue(Envelope envelope) => _heap.Enqueue(envelope);

    protected override bool LockedTryDequeue(out Envelope envelope) => _heap.TryDequeue(out envelope);
}
