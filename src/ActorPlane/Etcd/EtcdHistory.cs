namespace ActorPlane.Etcd;

/// <summary>
/// Every change of the retained revisions, in order: what watches catch up from and what past revisions are read with.
/// An immutable view of an append-only list in chunks; views share the chunks, and a longer view never changes what a
/// shorter one shows. Readable from any thread.
/// </summary>
public sealed class EtcdHistory
{
    private const int ChunkSize = 512;

    private readonly EtcdWatchEvent[][] _chunks;
    private readonly long _firstChunk;

    private EtcdHistory(EtcdWatchEvent[][] chunks, long firstChunk, long start, long end)
    {
        _chunks = chunks;
        _firstChunk = firstChunk;
        Start = start;
        End = end;
    }

    public static EtcdHistory Empty { get; } = new([], 0, 0, 0);

    /// <summary>Index of the oldest change; indexes are stable: trimming does not renumber.</summary>
    public long Start { get; }

    /// <summary>Index after the newest change.</summary>
    public long End { get; }

    /// <summary>How many changes there are.</summary>
    public long Count => End - Start;

    /// <summary>The change at an index from <see cref="Start"/> to below <see cref="End"/>.</summary>
    public ref readonly EtcdWatchEvent this[long index] => ref _chunks[index / ChunkSize - _firstChunk][index % ChunkSize];

    /// <summary>Index of the first change at this revision or later; <see cref="End"/> if there is none.</summary>
    public long IndexOf(long revision)
    {
        long low = Start, high = End;
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (this[middle].Revision < revision) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>Appends to a history; not for more than one thread. Views that it returned or began with never change.</summary>
    public sealed class Editor
    {
        private EtcdWatchEvent[][] _chunks;
        private long _firstChunk;
        private long _start;
        private long _end;

        public Editor(EtcdHistory start)
        {
            _firstChunk = start._firstChunk;
            _start = start.Start;
            _end = start.End;
            // Another editor may have gone on from the same view: the list of chunks and the last one become our own.
            var used = (int)((_end + ChunkSize - 1) / ChunkSize - _firstChunk);
            _chunks = new EtcdWatchEvent[Math.Max(16, used * 2)][];
            Array.Copy(start._chunks, _chunks, Math.Max(used, 0));
            if (_end % ChunkSize != 0) _chunks[used - 1] = (EtcdWatchEvent[])_chunks[used - 1].Clone();
        }

        public long Count => _end - _start;

        public void Append(in EtcdWatchEvent change)
        {
            var chunk = _end / ChunkSize - _firstChunk;
            if (_end % ChunkSize == 0 || _chunks[chunk] is null)
            {
                if (chunk == _chunks.Length) Array.Resize(ref _chunks, _chunks.Length * 2);
                _chunks[chunk] = new EtcdWatchEvent[ChunkSize];
            }
            _chunks[chunk][_end % ChunkSize] = change;
            _end++;
        }

        /// <summary>Forgets the changes before this index.</summary>
        public void TrimTo(long start)
        {
            if (start <= _start) return;
            _start = Math.Min(start, _end);
            var drop = _start / ChunkSize - _firstChunk;
            if (drop == 0) return;
            // Views share the list of chunks: it is left alone, and a shorter one begun.
            var used = (_end + ChunkSize - 1) / ChunkSize - _firstChunk;
            var kept = new EtcdWatchEvent[Math.Max(16, (used - drop) * 2)][];
            if (used > drop) Array.Copy(_chunks, drop, kept, 0, used - drop);
            _chunks = kept;
            _firstChunk += drop;
        }

        public EtcdHistory ToHistory() => new(_chunks, _firstChunk, _start, _end);
    }
}
