#nullable disable
using Akka.Actor;

namespace Akka.Dispatch.MessageQueues;

/// <summary>A queue whose every operation takes a lock.</summary>
public abstract class BlockingMessageQueue : IMessageQueue, IBlockingMessageQueueSemantics
{
    private readonly object _lock = new();

    protected BlockingMessageQueue()
    {
    }

    public TimeSpan BlockTimeOut { get; set; } = TimeSpan.FromSeconds(1);

    protected abstract int LockedCount { get; }

    public bool HasMessages => Count > 0;

    public int Count
    {
        get
        {
            lock (_lock)
                return LockedCount;
        }
    }

    public void Enqueue(IActorRef receiver, Envelope envelope)
    {
        lock (_lock)
            LockedEnqueue(envelope);
    }

    public bool TryDequeue(out Envelope envelope)
    {
        if (!Monitor.TryEnter(_lock, BlockTimeOut))
        {
            envelope = default;
            return false;
        }

        try
        {
            return LockedTryDequeue(out envelope);
        }
        finally
        {
            Monitor.Exit(_lock);
        }
    }

    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        while (TryDequeue(out var envelope))
            deadletters.Enqueue(owner, envelope);
    }

    protected abstract void LockedEnqueue(Envelope envelope);

    protected abstract bool LockedTryDequeue(out Envelope envelope);
}
