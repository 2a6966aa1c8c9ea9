using ActorPlane.Tracing;

namespace ActorPlane.Etcd;

/// <summary>
/// All watches of the store: what each has been told, and what is to be told next. A watch is in step while it has been
/// told everything and has room in its window; then each new change finds it through the <see cref="WatchIndex{T}"/>.
/// Otherwise it lags: it is a position in the history, which costs no memory, and it is fed from there as far as its
/// window allows. Pure but for <paramref name="send"/>; not for more than one thread.
/// </summary>
/// <typeparam name="TClient">Who watches: an actor reference, or a stand-in in tests.</typeparam>
/// <param name="limits">The bounds.</param>
/// <param name="send">Delivers a message of <see cref="EtcdProtocol"/> to a client.</param>
public sealed class WatchHub<TClient>(WatchLimits limits, Action<TClient, object> send)
    where TClient : notnull
{
    private readonly WatchIndex<WatchState> _inStep = new();
    private readonly SortedDictionary<long, WatchState> _lagging = [];
    private readonly Dictionary<(TClient, long), WatchState> _watches = [];
    private readonly List<WatchState> _found = [];
    private readonly List<WatchState> _told = [];
    private long _watchesMade;

    /// <summary>Open watches.</summary>
    public int Count => _watches.Count;

    /// <summary>True if some watch can be fed further by <see cref="CatchUp"/>.</summary>
    public bool HasWork
    {
        get
        {
            foreach (var watch in _lagging.Values)
                if (watch.HasRoom(limits)) return true;
            return false;
        }
    }

    /// <summary>Why this watch cannot be made, or null if it can.</summary>
    public EtcdError? Check(TClient client, EtcdProtocol.Watch command)
    {
        if (_watches.ContainsKey((client, command.WatchId))) return EtcdError.DuplicateWatchId;
        return command.Keys.IsVoid ? EtcdError.EmptyWatcherRange : null;
    }

    /// <summary>Begins a watch that <see cref="Check"/> found good; what it has to catch up on is told by <see cref="CatchUp"/>.</summary>
    public void Add(TClient client, EtcdProtocol.Watch command, StoreState state)
    {
        var next = command.StartRevision > 0 ? command.StartRevision : state.Revision + 1;
        var keys = command.Keys.Start.IsEmpty ? EtcdKeyRange.All with { End = command.Keys.End } : command.Keys;
        var watch = new WatchState(client, ++_watchesMade, command with { Keys = keys }, next);
        _watches.Add((client, command.WatchId), watch);
        if (next > state.Revision) _inStep.Add(watch.Keys, watch);
        else if (!CutOffIfBehind(watch, state, checkLag: false)) _lagging.Add(watch.Order, watch);
    }

    /// <summary>Ends a watch; false if there is none.</summary>
    public bool Remove(TClient client, long watchId)
    {
        if (!_watches.Remove((client, watchId), out var watch)) return false;
        if (!_lagging.Remove(watch.Order)) _inStep.Remove(watch.Keys, watch);
        return true;
    }

    /// <summary>Ends all watches of a client that is gone.</summary>
    public void RemoveAll(TClient client)
    {
        var gone = new List<WatchState>();
        foreach (var watch in _watches.Values)
            if (EqualityComparer<TClient>.Default.Equals(watch.Client, client)) gone.Add(watch);
        foreach (var watch in gone) Remove(client, watch.Id);
    }

    /// <summary>
    /// Makes room in a watch's window: its client has worked off what it was told up to this revision. True if the watch
    /// lags, so that <see cref="CatchUp"/> may have something for it.
    /// </summary>
    public bool Acknowledge(TClient client, long watchId, long revision)
    {
        if (!_watches.TryGetValue((client, watchId), out var watch)) return false;
        watch.Acknowledge(revision);
        return _lagging.ContainsKey(watch.Order);
    }

    /// <summary>Tells the watches in step what is new, and cuts off those that are too far behind.</summary>
    /// <param name="state">The state that is now durable.</param>
    /// <param name="from">Index of the first change in its history that the watches have not been told.</param>
    public void Publish(StoreState state, long from)
    {
        var history = state.History;
        for (var i = from; i < history.End; i++)
        {
            ref readonly var change = ref history[i];
            _inStep.CopyWatchesOf(change.Key, _found);
            foreach (var watch in _found)
            {
                if (!watch.Wants(change)) continue;
                if (watch.Pending is null)
                {
                    watch.Pending = [];
                    _told.Add(watch);
                }
                watch.Pending.Add(watch.View(change, state.CompactRevision));
            }
            _found.Clear();
        }
        _told.Sort(static (left, right) => left.Order.CompareTo(right.Order));
        foreach (var watch in _told)
        {
            var events = watch.Pending!;
            watch.Pending = null;
            var fits = watch.FittingEvents(events, limits);
            if (fits == events.Count)
            {
                Tell(watch, events, state.Revision);
                continue;
            }
            // The rest stays in the history, and so does this watch's place in it.
            watch.Next = events[fits].Revision;
            if (fits > 0) Tell(watch, events.GetRange(0, fits), watch.Next - 1);
            _inStep.Remove(watch.Keys, watch);
            _lagging.Add(watch.Order, watch);
        }
        _told.Clear();
        if (_lagging.Count == 0) return;
        foreach (var watch in _lagging.Values.ToArray()) CutOffIfBehind(watch, state, checkLag: true);
    }

    /// <summary>
    /// Feeds lagging watches from the history, as far as their windows allow, looking at about
    /// <see cref="WatchLimits.CatchUpEvents"/> changes; call again while <see cref="HasWork"/>.
    /// </summary>
    public void CatchUp(StoreState state)
    {
        if (_lagging.Count == 0) return;
        var budget = (long)limits.CatchUpEvents;
        foreach (var watch in _lagging.Values.ToArray())
        {
            if (!watch.HasRoom(limits) || CutOffIfBehind(watch, state, checkLag: false)) continue;
            if (budget <= 0) return;
            budget -= Feed(watch, state, budget);
        }
    }

    /// <summary>Tells every watch in step that asked for it, and has heard nothing since the last time, how far it is.</summary>
    public void TellProgress(StoreState state)
    {
        foreach (var watch in InOrder(_watches.Values))
        {
            if (!watch.Command.ProgressNotify || _lagging.ContainsKey(watch.Order)) continue;
            if (!watch.HeardSinceProgress) send(watch.Client, new EtcdProtocol.WatchProgress(Cause.None, watch.Id, state.Revision));
            watch.HeardSinceProgress = false;
        }
    }

    /// <summary>Tells every watch of this client that is in step how far it is.</summary>
    public void TellProgress(TClient client, StoreState state, Cause cause)
    {
        foreach (var watch in InOrder(_watches.Values))
        {
            if (_lagging.ContainsKey(watch.Order) || !EqualityComparer<TClient>.Default.Equals(watch.Client, client)) continue;
            send(client, new EtcdProtocol.WatchProgress(cause, watch.Id, state.Revision));
        }
    }

    /// <summary>Feeds one watch; returns how many changes it looked at.</summary>
    private long Feed(WatchState watch, StoreState state, long budget)
    {
        var history = state.History;
        var start = history.IndexOf(watch.Next);
        var events = new List<EtcdWatchEvent>();
        var i = start;
        // Whole revisions only: a budget or window that ends within one lets it be finished.
        for (; i < history.End; i++)
        {
            ref readonly var change = ref history[i];
            var beginsRevision = i == start || history[i - 1].Revision != change.Revision;
            if (beginsRevision && (i - start >= budget || !watch.HasRoom(limits, events.Count))) break;
            if (watch.Keys.Contains(change.Key) && watch.Wants(change)) events.Add(watch.View(change, state.CompactRevision));
        }
        var reached = i < history.End ? history[i].Revision - 1 : state.Revision;
        watch.Next = reached + 1;
        if (events.Count > 0) Tell(watch, events, reached);
        if (reached == state.Revision)
        {
            _lagging.Remove(watch.Order);
            _inStep.Add(watch.Keys, watch);
        }
        return i - start;
    }

    private void Tell(WatchState watch, List<EtcdWatchEvent> events, long revision)
    {
        watch.Tell(events);
        send(watch.Client, new EtcdProtocol.WatchEvents(events[0].Cause, watch.Id, revision, events));
    }

    private bool CutOffIfBehind(WatchState watch, StoreState state, bool checkLag)
    {
        var compacted = watch.Next < state.CompactRevision;
        var tooSlow = checkLag && state.Revision - watch.Next >= limits.MaxLagRevisions;
        if (!compacted && !tooSlow) return false;
        _lagging.Remove(watch.Order);
        _watches.Remove((watch.Client, watch.Id));
        send(watch.Client, compacted
            ? new EtcdProtocol.WatchCancelled(Cause.None, watch.Id, state.Revision, state.CompactRevision, EtcdError.Compacted.Message)
            : new EtcdProtocol.WatchCancelled(Cause.None, watch.Id, state.Revision, 0, "etcdserver: watcher is too slow"));
        return true;
    }

    private static IEnumerable<WatchState> InOrder(IEnumerable<WatchState> watches) => watches.OrderBy(static watch => watch.Order);

    private sealed class WatchState(TClient client, long order, EtcdProtocol.Watch command, long next)
    {
        private readonly Queue<(long Revision, int Events)> _unacknowledged = [];
        private int _outstanding;

        public readonly TClient Client = client;
        public readonly long Order = order;
        public readonly EtcdProtocol.Watch Command = command;

        /// <summary>The first revision not told yet, while the watch lags; in step, the first it wants at all.</summary>
        public long Next = next;

        public List<EtcdWatchEvent>? Pending;
        public bool HeardSinceProgress;

        public long Id => Command.WatchId;

        public EtcdKeyRange Keys => Command.Keys;

        public bool Wants(in EtcdWatchEvent change) =>
            change.Revision >= Next && (change.IsDelete ? !Command.NoDelete : !Command.NoPut);

        /// <summary>The change as this watch is told it: what it was before only if asked for, and if that is not compacted.</summary>
        public EtcdWatchEvent View(in EtcdWatchEvent change, long compactRevision) =>
            Command.PrevKv && change.Revision > compactRevision ? change : change with { Previous = null };

        /// <summary>A watch that owes nothing always has room, so that one revision larger than the window can pass.</summary>
        public bool HasRoom(WatchLimits limits, int more = 0) => _outstanding + more < limits.WindowEvents;

        /// <summary>How many of these events, in whole revisions, the window takes.</summary>
        public int FittingEvents(List<EtcdWatchEvent> events, WatchLimits limits)
        {
            if (_outstanding + events.Count <= limits.WindowEvents) return events.Count;
            var fits = 0;
            for (var i = 0; i < events.Count; i++)
            {
                if (i > 0 && events[i - 1].Revision == events[i].Revision) continue;
                fits = i;
                if (!HasRoom(limits, i)) return fits;
            }
            return events.Count;
        }

        public void Tell(List<EtcdWatchEvent> events)
        {
            HeardSinceProgress = true;
            _outstanding += events.Count;
            _unacknowledged.Enqueue((events[^1].Revision, events.Count));
        }

        public void Acknowledge(long revision)
        {
            while (_unacknowledged.TryPeek(out var first) && first.Revision <= revision)
            {
                _unacknowledged.Dequeue();
                _outstanding -= first.Events;
            }
        }
    }
}
