using ActorPlane.Api;
using ActorPlane.ApiServer;

namespace ActorPlane.Host.Http;

/// <summary>
/// The snapshots that lists with a limit were begun on, so that the next page shows the same revision. Snapshots share
/// their structure; the oldest are forgotten, and a list that wants to go on with one begins anew (410).
/// </summary>
/// <param name="capacity">So many are kept.</param>
/// <param name="maxAge">Not for longer than this, by the clock of the cluster.</param>
public sealed class SnapshotHistory(int capacity, TimeSpan maxAge)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, ApiServerSnapshot> _byRevision = [];
    private readonly Queue<(long Revision, DateTimeOffset Since)> _byAge = new();

    /// <summary>Keeps the objects of a snapshot.</summary>
    public void Keep(ApiServerSnapshot snapshot, DateTimeOffset now)
    {
        lock (_lock)
        {
            while (_byAge.TryPeek(out var oldest) && oldest.Since < now - maxAge) _byRevision.Remove(_byAge.Dequeue().Revision);

            // Not what was served then: the documents about it would stay, too, and they are large.
            if (!_byRevision.TryAdd(snapshot.Revision, snapshot with { Registry = ResourceRegistry.BuiltIn })) return;
            _byAge.Enqueue((snapshot.Revision, now));
            if (_byAge.Count > capacity) _byRevision.Remove(_byAge.Dequeue().Revision);
        }
    }

    /// <summary>The objects at a revision, or null when they are forgotten.</summary>
    public ApiServerSnapshot? At(long revision)
    {
        lock (_lock) return _byRevision.GetValueOrDefault(revision);
    }
}
