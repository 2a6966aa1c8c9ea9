namespace ActorPlane.Etcd;

/// <summary>
/// Commands that were decided but are not durable yet: while one journal write is under way the next ones gather, and
/// all that gathered becomes the next write, within bounds. Not for more than one thread.
/// </summary>
/// <typeparam name="TClient">Who gets the replies.</typeparam>
internal sealed class WriteQueue<TClient>(int maxPendingCommands, int maxBatchCommands, long maxBatchBytes)
{
    private readonly Queue<StoreWrite<TClient>> _sealed = [];
    private List<EtcdEvent> _events = [];
    private List<(TClient, object)> _replies = [];
    private long _bytes;

    /// <summary>Accepted commands whose reply is still owed.</summary>
    public int PendingCommands { get; private set; }

    /// <summary>The write under way; null if none is.</summary>
    public StoreWrite<TClient>? UnderWay { get; private set; }

    /// <summary>True if so many commands wait that the next has to be refused.</summary>
    public bool IsFull => PendingCommands >= maxPendingCommands;

    public bool IsEmpty => PendingCommands == 0 && _events.Count == 0 && _sealed.Count == 0 && UnderWay is null;

    /// <summary>Every client that is owed a reply, in order.</summary>
    public IEnumerable<TClient> Waiting =>
        (UnderWay is null ? _sealed : _sealed.Prepend(UnderWay))
        .SelectMany(static write => write.Replies).Concat(_replies).Select(static reply => reply.Item1);

    /// <summary>A reply that has to wait for the writes before it.</summary>
    public void AddReply(TClient client, object reply)
    {
        _replies.Add((client, reply));
        PendingCommands++;
    }

    public void AddEvent(EtcdEvent change)
    {
        _events.Add(change);
        if (change is not EtcdEvent.Changed changed) return;
        foreach (var keyValue in changed.Changes) _bytes += keyValue.Key.Length + (keyValue.Value.KnownLength ?? 0);
    }

    /// <summary>Closes what gathered if it is as large as one write may be; call after each command.</summary>
    public void SealIfLarge(StoreWriter writer)
    {
        if (_replies.Count >= maxBatchCommands || _bytes >= maxBatchBytes) Seal(writer);
    }

    /// <summary>The next write, or null if nothing waits or one is under way.</summary>
    public StoreWrite<TClient>? Begin(StoreWriter writer)
    {
        if (UnderWay is not null) return null;
        if (_sealed.Count == 0 && (_events.Count > 0 || _replies.Count > 0)) Seal(writer);
        if (_sealed.Count == 0) return null;
        return UnderWay = _sealed.Dequeue();
    }

    /// <summary>The write under way is durable.</summary>
    public StoreWrite<TClient> End()
    {
        var write = UnderWay ?? throw new InvalidOperationException("no write is under way");
        UnderWay = null;
        PendingCommands -= write.Replies.Count;
        return write;
    }

    private void Seal(StoreWriter writer)
    {
        _sealed.Enqueue(new StoreWrite<TClient>(_events, writer.ToState(), _replies));
        // The state just taken still shows what compaction made unreadable, so that watchers are told of all changes.
        writer.TrimHistory();
        _events = [];
        _replies = [];
        _bytes = 0;
    }
}
