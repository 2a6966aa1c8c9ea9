using ActorPlane.ApiServer;

namespace ActorPlane.Host.Http;

/// <summary>
/// The snapshots that lists with a limit were begun on, so that the next page shows the same revision. Snapshots share
/// their structure; the oldest are forgotten, and a list that wants to go on with one begins anew (410).
/// </summary>
public sealed class SnapshotHistory(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, ApiServerSnapshot> _byRevision = [];
    private readonly Queue<long> _byAge = new();

    /// <summary>Keeps a snapshot.</summary>
    public void Keep(ApiServerSnapshot snapshot)
    {
        lock (_lock)
        {
            if (!_byRevision.TryAdd(snapshot.Revision, snapshot)) return;
            _byAge.Enqueue(snapshot.Revision);
            if (_byAge.Count > capacity) _byRevision.Remove(_byAge.Dequeue());
        }
    }

    /// <summary>The snapshot at a revision, or null when it is forgotten.</summary>
    public ApiServerSnapshot? At(long revision)
    {
        lock (_lock) return _byRevision.GetValueOrDefault(revision);
    }
}
