using ActorPlane.Api;
using ActorPlane.Tracing;

namespace ActorPlane.ApiServer;

/// <summary>One committed change of one object. <see cref="Before"/> is null when it was created, <see cref="After"/> when it was deleted.</summary>
/// <param name="Last">The object as a watcher of the deletion sees it: its last state with the deletion's revision. Null unless deleted.</param>
internal readonly record struct ObjectChange(IKubeObject? Before, IKubeObject? After, IKubeObject? Last, long Revision, Cause Cause);

/// <summary>
/// The most recent changes of one resource, oldest first, for watches that begin in the past; the watch cache of the
/// real server (<c>storage/cacher/watch_cache.go</c>). Grows up to its capacity, then forgets the oldest; what is no longer
/// fresh is forgotten, too, but for the last few.
/// </summary>
internal sealed class ChangeWindow(int capacity, long floor)
{
    /// <summary>So many changes are kept however old they are (<c>defaultLowerBoundCapacity</c>).</summary>
    public const int AlwaysKept = 100;

    private const int SmallestRing = 16;

    private (ObjectChange Change, DateTimeOffset Since)[] _ring = [];
    private int _start;

    /// <summary>How many changes are kept.</summary>
    public int Count { get; private set; }

    /// <summary>A watch may begin just after this revision or later: everything since is here.</summary>
    public long Floor { get; private set; } = floor;

    /// <summary>Keeps a change, which must be newer than all before.</summary>
    public void Add(in ObjectChange change, DateTimeOffset now)
    {
        if (Count == capacity) ForgetOldest();
        if (Count == _ring.Length) Resize(Math.Min(capacity, Math.Max(SmallestRing, _ring.Length * 2)));
        _ring[Index(Count)] = (change, now);
        Count++;
    }

    /// <summary>Forgets what came before a time, but for the last <see cref="AlwaysKept"/>.</summary>
    public void Trim(DateTimeOffset oldest)
    {
        while (Count > AlwaysKept && _ring[_start].Since < oldest) ForgetOldest();
        if (Count * 4 < _ring.Length && _ring.Length > SmallestRing) Resize(Math.Max(SmallestRing, Count * 2));
    }

    /// <summary>The changes after <paramref name="revision"/>, oldest first. It must not be below <see cref="Floor"/>.</summary>
    public IEnumerable<ObjectChange> After(long revision)
    {
        // Revisions ascend: search for the first one above.
        int low = 0, high = Count;
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (_ring[Index(middle)].Change.Revision <= revision) low = middle + 1;
            else high = middle;
        }

        for (var i = low; i < Count; i++) yield return _ring[Index(i)].Change;
    }

    private void ForgetOldest()
    {
        Floor = _ring[_start].Change.Revision;
        _ring[_start] = default;
        _start = Index(1);
        Count--;
    }

    private void Resize(int length)
    {
        var ring = new (ObjectChange, DateTimeOffset)[length];
        for (var i = 0; i < Count; i++) ring[i] = _ring[Index(i)];
        (_ring, _start) = (ring, 0);
    }

    private int Index(int place)
    {
        var index = _start + place;
        return index < _ring.Length ? index : index - _ring.Length;
    }
}
