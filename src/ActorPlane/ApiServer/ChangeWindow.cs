using ActorPlane.Api;
using ActorPlane.Tracing;

namespace ActorPlane.ApiServer;

/// <summary>One committed change of one object. <see cref="Before"/> is null when it was created, <see cref="After"/> when it was deleted.</summary>
/// <param name="Last">The object as a watcher of the deletion sees it: its last state with the deletion's revision. Null unless deleted.</param>
internal readonly record struct ObjectChange(IKubeObject? Before, IKubeObject? After, IKubeObject? Last, long Revision, Cause Cause);

/// <summary>
/// The most recent changes of one resource, oldest first, for watches that begin in the past; the watch cache of the
/// real server (<c>storage/cacher/watch_cache.go</c>). Grows up to its capacity, then forgets the oldest.
/// </summary>
internal sealed class ChangeWindow(int capacity, long floor)
{
    private ObjectChange[] _ring = [];
    private int _start;

    /// <summary>How many changes are kept.</summary>
    public int Count { get; private set; }

    /// <summary>A watch may begin just after this revision or later: everything since is here.</summary>
    public long Floor { get; private set; } = floor;

    /// <summary>Keeps a change, which must be newer than all before.</summary>
    public void Add(in ObjectChange change)
    {
        if (Count == capacity)
        {
            Floor = _ring[_start].Revision;
            _ring[_start] = change;
            _start = (_start + 1) % _ring.Length;
            return;
        }

        if (Count == _ring.Length)
        {
            var larger = new ObjectChange[Math.Min(capacity, Math.Max(16, _ring.Length * 2))];
            for (var i = 0; i < Count; i++) larger[i] = _ring[(_start + i) % _ring.Length];
            (_ring, _start) = (larger, 0);
        }

        _ring[(_start + Count) % _ring.Length] = change;
        Count++;
    }

    /// <summary>The changes after <paramref name="revision"/>, oldest first. It must not be below <see cref="Floor"/>.</summary>
    public IEnumerable<ObjectChange> After(long revision)
    {
        // Revisions ascend: search for the first one above.
        int low = 0, high = Count;
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (_ring[(_start + middle) % _ring.Length].Revision <= revision) low = middle + 1;
            else high = middle;
        }

        for (var i = low; i < Count; i++) yield return _ring[(_start + i) % _ring.Length];
    }
}
