namespace ActorPlane.ControllerManager;

/// <summary>
/// The keys that a controller still has to reconcile: each at most once in the queue and at most once in hand, however
/// often it is added. A key that is added while in hand is queued again by <see cref="Done"/>, so that no change is
/// missed. Failed keys come back after a delay that doubles with each failure in a row. Pure: time is an argument.
/// (client-go <c>util/workqueue</c>: <c>queue.go</c>, <c>delaying_queue.go</c>, <c>default_rate_limiters.go</c>.)
/// </summary>
public sealed class WorkQueue<TKey>(TimeSpan baseDelay, TimeSpan maxDelay)
    where TKey : notnull
{
    private readonly Queue<TKey> _ready = new();
    private readonly HashSet<TKey> _dirty = [];
    private readonly HashSet<TKey> _inHand = [];
    private readonly Dictionary<TKey, DateTimeOffset> _waiting = [];
    private readonly PriorityQueue<TKey, (DateTimeOffset Due, long Sequence)> _byDue = new();
    private readonly Dictionary<TKey, int> _failures = [];
    private long _sequence;

    /// <summary>Keys that <see cref="TryGet"/> can hand out now, not counting delayed ones that are due.</summary>
    public int ReadyCount => _ready.Count;

    /// <summary>Keys handed out and not yet done.</summary>
    public int InHandCount => _inHand.Count;

    /// <summary>When the next delayed key is due, or null when none is delayed.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            DropStaleTimers();
            return _byDue.TryPeek(out _, out var priority) ? priority.Due : null;
        }
    }

    /// <summary>Queues the key, unless it is queued already.</summary>
    public void Add(TKey key)
    {
        if (_dirty.Add(key) && !_inHand.Contains(key)) _ready.Enqueue(key);
    }

    /// <summary>Queues the key after <paramref name="delay"/>; when it is waiting already, the earlier time counts.</summary>
    public void AddAfter(TKey key, TimeSpan delay, DateTimeOffset now)
    {
        if (delay <= TimeSpan.Zero)
        {
            Add(key);
            return;
        }

        var due = now + delay;
        if (_waiting.TryGetValue(key, out var known) && known <= due) return;
        _waiting[key] = due;
        _byDue.Enqueue(key, (due, ++_sequence));
    }

    /// <summary>Counts a failure of the key and queues it after the delay that follows from the failures in a row.</summary>
    public void AddRateLimited(TKey key, DateTimeOffset now)
    {
        var failures = FailuresOf(key);
        _failures[key] = failures + 1;
        AddAfter(key, Delay(failures), now);
    }

    /// <summary>Forgets the failures of the key.</summary>
    public void Forget(TKey key) => _failures.Remove(key);

    /// <summary>Failures in a row.</summary>
    public int FailuresOf(TKey key) => _failures.GetValueOrDefault(key);

    /// <summary>Takes the next key in hand, oldest first. False when none is ready.</summary>
    public bool TryGet(DateTimeOffset now, out TKey key)
    {
        for (DropStaleTimers(); _byDue.TryPeek(out var waiting, out var priority) && priority.Due <= now; DropStaleTimers())
        {
            _byDue.Dequeue();
            _waiting.Remove(waiting);
            Add(waiting);
        }

        if (!_ready.TryDequeue(out key!)) return false;
        _dirty.Remove(key);
        _inHand.Add(key);
        return true;
    }

    /// <summary>Lays the key down; it is queued again when it was added meanwhile.</summary>
    public void Done(TKey key)
    {
        if (_inHand.Remove(key) && _dirty.Contains(key)) _ready.Enqueue(key);
    }

    /// <summary>The delay after this many earlier failures in a row.</summary>
    public TimeSpan Delay(int failures)
    {
        var ticks = baseDelay.Ticks * Math.Pow(2, failures);
        return ticks >= maxDelay.Ticks ? maxDelay : TimeSpan.FromTicks((long)ticks);
    }

    private void DropStaleTimers()
    {
        while (_byDue.TryPeek(out var key, out var priority)
               && (!_waiting.TryGetValue(key, out var due) || due != priority.Due))
            _byDue.Dequeue();
    }
}
