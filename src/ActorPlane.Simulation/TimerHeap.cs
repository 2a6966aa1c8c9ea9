namespace ActorPlane.Simulation;

/// <summary>
/// A heap of items by due time, then by the order in which they were added: four children to a node, which halves the
/// depth and keeps a node's children in one cache line. Its array is all that it allocates. Not thread-safe.
/// </summary>
internal sealed class TimerHeap<T> where T : class
{
    private const int Arity = 4;
    private const int InitialCapacity = 256;

    private Entry[] _entries = new Entry[InitialCapacity];
    private long _sequence;

    /// <summary>Items in the heap.</summary>
    public int Count { get; private set; }

    /// <summary>Adds an item. O(log n), and O(1) when it is due after most others.</summary>
    public void Add(long due, T item)
    {
        if (Count == _entries.Length) Array.Resize(ref _entries, Count * 2);
        var at = Count++;
        Lift(at, new Entry(due, ++_sequence, item));
    }

    /// <summary>The item that is due first. False when there is none. O(1).</summary>
    public bool TryPeek(out long due, out T item)
    {
        ref var first = ref _entries[0];
        (due, item) = (first.Due, first.Item);
        return Count > 0;
    }

    /// <summary>Drops the item that is due first; there must be one. O(log n).</summary>
    public void RemoveFirst()
    {
        var last = _entries[--Count];
        _entries[Count] = default;
        if (Count > 0) Sink(0, last);
    }

    /// <summary>Drops all items that <paramref name="picks"/>. O(n).</summary>
    public void RemoveAll(Func<T, bool> picks)
    {
        var entries = _entries;
        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            if (!picks(entries[i].Item)) entries[kept++] = entries[i];
        }

        Array.Clear(entries, kept, Count - kept);
        Count = kept;
        for (var i = (kept - 2) / Arity; i >= 0 && kept > 1; i--) Sink(i, entries[i]);
    }

    private void Lift(int at, Entry entry)
    {
        var entries = _entries;
        while (at > 0)
        {
            var parent = (at - 1) / Arity;
            if (!entry.IsBefore(entries[parent])) break;
            entries[at] = entries[parent];
            at = parent;
        }

        entries[at] = entry;
    }

    private void Sink(int at, Entry entry)
    {
        var entries = _entries;
        while (true)
        {
            var child = at * Arity + 1;
            if (child >= Count) break;
            var end = Math.Min(child + Arity, Count);
            var first = child;
            while (++child < end)
            {
                if (entries[child].IsBefore(entries[first])) first = child;
            }

            if (!entries[first].IsBefore(entry)) break;
            entries[at] = entries[first];
            at = first;
        }

        entries[at] = entry;
    }

    private readonly struct Entry(long due, long sequence, T item)
    {
        public readonly long Due = due;
        public readonly long Sequence = sequence;
        public readonly T Item = item;

        public bool IsBefore(in Entry other) => Due < other.Due || (Due == other.Due && Sequence < other.Sequence);
    }
}
