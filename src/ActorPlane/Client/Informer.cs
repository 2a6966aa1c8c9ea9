using ActorPlane.Api;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ApiServer;
using ActorPlane.Tracing;
using static ActorPlane.ApiServer.ApiServerProtocol;

namespace ActorPlane.Client;

/// <summary>
/// A local copy of all objects that a selector picks, kept up to date by a watch; client-go's <c>SharedInformer</c>
/// with its reflector (<c>tools/cache/reflector.go</c>), for one actor. It lists, then watches from the list's
/// revision. When the watch breaks (410 Expired, lost connection, no answer) it lists again after a growing, seeded
/// wait and reports the differences as if they had been watched. The copy is changed before the callbacks run.
/// </summary>
/// <typeparam name="T">The objects' type.</typeparam>
public sealed class Informer<T> : ApiClient.IWatcher
    where T : class, IKubeObject
{
    private readonly ApiClient _client;
    private readonly string _resource;
    private readonly ObjectSelector _selector;
    private readonly TimeSpan? _relistEvery;
    private readonly NameTable<T> _items = new();
    private T[]? _sorted;
    private ExponentialBackoff _backoff;
    private Phase _phase;
    private long _watchId = -1;

    // What was asked for in an earlier round must not count in this one.
    private int _round;

    /// <summary>Prepares an informer; <see cref="Start"/> sets it going.</summary>
    /// <param name="resource">As kubectl names it: <c>pods</c>, <c>deployments.apps</c>.</param>
    /// <param name="relistEvery">
    /// List again after about this time even if all seems well; null for never. For clients behind a link that may lose
    /// news without breaking.
    /// </param>
    public Informer(ApiClient client, string resource, ObjectSelector selector, TimeSpan? relistEvery = null) =>
        (_client, _resource, _selector, _relistEvery) = (client, resource, selector, relistEvery);

    private enum Phase
    {
        Idle,
        Listing,
        Watching,
        Waiting,
        Stopped,
    }

    /// <summary>An object came into view.</summary>
    public Action<T, Cause>? Added { get; init; }

    /// <summary>An object changed: before, after.</summary>
    public Action<T, T, Cause>? Updated { get; init; }

    /// <summary>An object went out of view; its last known state.</summary>
    public Action<T, Cause>? Deleted { get; init; }

    /// <summary>The first list is complete: called once, after the <see cref="Added"/> of each object in it.</summary>
    public Action<Cause>? Synced { get; init; }

    /// <summary>Whether the first list is complete. The copy stays readable while a broken watch is mended.</summary>
    public bool HasSynced { get; private set; }

    /// <summary>Everything up to this revision is in the copy.</summary>
    public long Revision { get; private set; }

    /// <summary>How many objects are in view.</summary>
    public int Count => _items.Count;

    /// <summary>All objects by namespace, then name. Sorted anew when something came or went since the last call.</summary>
    public IReadOnlyList<T> Items
    {
        get
        {
            return _sorted ??= _items.ToSortedArray();
        }
    }

    long ApiClient.IWatcher.WatchId => _watchId;

    /// <summary>The object of that name, or null.</summary>
    public T? Get(string @namespace, string name) => _items.Find(new NamespacedName(@namespace, name));

    /// <summary>The object of that name, or null.</summary>
    public T? Get(NamespacedName name) => _items.Find(name);

    /// <summary>Begins to list and watch. Once only.</summary>
    public void Start(Cause cause)
    {
        if (_phase != Phase.Idle) throw new InvalidOperationException($"The informer of {_resource} was started before.");
        _client.Add(this);
        List(cause);
    }

    /// <summary>Ends the watch for good; the copy stays as it is.</summary>
    public void Stop(Cause cause)
    {
        if (_phase == Phase.Stopped) return;
        CloseWatch(cause);
        _phase = Phase.Stopped;
        _client.Remove(this);
    }

    void ApiClient.IWatcher.OnNotification(INotification notification)
    {
        switch (notification)
        {
            case Changed changed:
                Revision = changed.Revision;
                if (changed.Type == ChangeType.Deleted) Forget(NamespacedName.Of(changed.Object), (T)changed.Object, changed.Cause);
                else Learn((T)changed.Object, changed.Cause);
                break;
            case WatchClosed closed:
                _watchId = -1;
                Wait(closed.Cause);
                break;
        }
    }

    void ApiClient.IWatcher.OnConnectionLost(Cause cause)
    {
        // When a request was in flight, its callback has seen to it.
        if (_phase is not (Phase.Listing or Phase.Watching)) return;
        _watchId = -1;
        Wait(cause);
    }

    void ApiClient.IWatcher.OnClosing()
    {
        CloseWatch(Cause.None);
        _phase = Phase.Stopped;
    }

    private void List(Cause cause)
    {
        _phase = Phase.Listing;
        var round = ++_round;
        _client.List(_resource, _selector, cause, outcome =>
        {
            if (round != _round || _phase != Phase.Listing) return;
            if (outcome.Reply is Listed listed) Take(listed);
            else Wait(outcome.Cause);
        });
    }

    private void Take(Listed listed)
    {
        CloseWatch(listed.Cause);
        Revision = listed.Revision;
        _phase = Phase.Watching;
        var round = _round;

        // First the watch, then the callbacks: they may take their time or throw.
        _watchId = _client.Watch(_resource, _selector, listed.Revision, listed.Cause, outcome =>
        {
            if (round != _round || _phase != Phase.Watching || outcome.Reply is Watching) return;

            // A server that gave no answer may have opened the watch, or may still do so.
            if (outcome.IsUnknown) CloseWatch(outcome.Cause);
            _watchId = -1;
            Wait(outcome.Cause);
        });
        if (_relistEvery is { } period)
        {
            _client.After(_client.Chance.Jitter(period, 1), () =>
            {
                if (round == _round && _phase == Phase.Watching) List(_client.NewCause());
            });
        }

        if (_items.Count > 0)
        {
            var listedNames = new HashSet<NamespacedName>(listed.Items.Length);
            foreach (var item in listed.Items) listedNames.Add(NamespacedName.Of(item));
            foreach (var item in Items)
            {
                var name = NamespacedName.Of(item);
                if (!listedNames.Contains(name)) Forget(name, item, listed.Cause);
            }
        }

        foreach (var item in listed.Items) Learn((T)item, listed.Cause);
        if (HasSynced) return;
        HasSynced = true;
        Synced?.Invoke(listed.Cause);
    }

    private void Learn(T item, Cause cause)
    {
        var before = _items.Set(item);
        if (before is null)
        {
            _sorted = null;
            Added?.Invoke(item, cause);
        }
        else if (before.Metadata.ResourceVersion != item.Metadata.ResourceVersion)
        {
            _sorted = null;
            if (before.Metadata.Uid == item.Metadata.Uid)
            {
                Updated?.Invoke(before, item, cause);
                return;
            }

            // Another object under the same name: its deletion was missed.
            Deleted?.Invoke(before, cause);
            Added?.Invoke(item, cause);
        }
    }

    private void Forget(NamespacedName name, T last, Cause cause)
    {
        if (_items.Remove(name) is null) return;
        _sorted = null;
        Deleted?.Invoke(last, cause);
    }

    private void CloseWatch(Cause cause)
    {
        if (_watchId < 0) return;
        _client.Unwatch(_watchId, cause);
        _watchId = -1;
    }

    private void Wait(Cause cause)
    {
        _phase = Phase.Waiting;
        var round = ++_round;
        var wait = _backoff.Next(_client.Settings.RelistBackoff, _client.Chance, _client.Now);
        _client.After(wait, () =>
        {
            if (round == _round && _phase == Phase.Waiting) List(cause);
        });
    }
}
