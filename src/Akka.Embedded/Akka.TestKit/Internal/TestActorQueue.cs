using System.Diagnostics;

namespace Akka.TestKit.Internal;

/// <summary>What the test actor has received and the test has not seen yet. Tests wait for it with or without blocking their thread.</summary>
internal sealed class TestActorQueue
{
    private readonly object _lock = new();
    private readonly Queue<MessageEnvelope> _received = new();
    private List<TaskCompletionSource> _waiters = [];

    internal bool HasMessages
    {
        get
        {
            lock (_lock)
                return _received.Count > 0;
        }
    }

    internal void Enqueue(MessageEnvelope envelope)
    {
        List<TaskCompletionSource> waiters;
        lock (_lock)
        {
            _received.Enqueue(envelope);
            Monitor.PulseAll(_lock);
            if (_waiters.Count == 0)
                return;
            waiters = _waiters;
            _waiters = [];
        }

        waiters.ForEach(waiter => waiter.TrySetResult());
    }

    internal List<MessageEnvelope> TakeAll()
    {
        lock (_lock)
        {
            var all = _received.ToList();
            _received.Clear();
            return all;
        }
    }

    /// <summary>Waits on this thread for the next message.</summary>
    /// <param name="take">Whether the message is taken, or only looked at.</param>
    /// <param name="timeout">How long to wait; <see cref="Timeout.InfiniteTimeSpan" /> for ever; any other negative time has passed already.</param>
    internal MessageEnvelope Next(bool take, TimeSpan timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (HasPassed(timeout))
            return null;
        using var wakeUp = cancellationToken.Register(() =>
        {
            lock (_lock)
                Monitor.PulseAll(_lock);
        });
        var start = Stopwatch.GetTimestamp();
        lock (_lock)
        {
            while (_received.Count == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Remaining(timeout, start) is not { } remaining)
                    Monitor.Wait(_lock);
                else if (remaining <= TimeSpan.Zero)
                    return null;
                else
                    Monitor.Wait(_lock, remaining);
            }

            return take ? _received.Dequeue() : _received.Peek();
        }
    }

    /// <summary>Waits for the next message without blocking a thread.</summary>
    internal async ValueTask<MessageEnvelope> NextAsync(bool take, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (HasPassed(timeout))
            return null;
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_lock)
            {
                if (_received.Count > 0)
                    return take ? _received.Dequeue() : _received.Peek();
                _waiters.Add(waiter);
            }

            var remaining = Remaining(timeout, start);
            if (remaining <= TimeSpan.Zero)
                return Forget(waiter);
            try
            {
                await waiter.Task.WaitAsync(remaining ?? Timeout.InfiniteTimeSpan, cancellationToken);
            }
            catch (TimeoutException)
            {
                lock (_lock)
                {
                    if (_received.Count == 0)
                        return Forget(waiter);
                }
            }
        }
    }

    private static bool HasPassed(TimeSpan timeout) => timeout < TimeSpan.Zero && timeout != Timeout.InfiniteTimeSpan;

    private static TimeSpan? Remaining(TimeSpan timeout, long start) => timeout < TimeSpan.Zero ? null : timeout - Stopwatch.GetElapsedTime(start);

    private MessageEnvelope Forget(TaskCompletionSource waiter)
    {
        lock (_lock)
            _waiters.Remove(waiter);
        return null;
    }
}
