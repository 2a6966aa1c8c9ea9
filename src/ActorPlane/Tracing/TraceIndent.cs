namespace ActorPlane.Tracing;

/// <summary>
/// How deep a message stands below the one that began its trace: one deeper than the last message of the same cause
/// that its sender handled. Derived from senders and causes alone, so messages need to carry no depth. Remembers the
/// <see cref="MaxCauses"/> causes seen last. O(1) a message. Not thread-safe.
/// </summary>
public sealed class TraceIndent
{
    /// <summary>A trace that says nothing while this many others begin starts again at depth 0.</summary>
    public const int MaxCauses = 10_000;

    private readonly Dictionary<Cause, Dictionary<string, int>> _depths = [];
    private readonly Queue<Cause> _byAge = new();

    /// <summary>The depth of a message, 0 for the first of its cause.</summary>
    /// <param name="isFirst">True when nothing of this cause was seen before.</param>
    public int DepthOf(Cause cause, string sender, string receiver, out bool isFirst)
    {
        isFirst = false;
        if (!cause.IsKnown) return 0;
        if (!_depths.TryGetValue(cause, out var depths))
        {
            isFirst = true;
            if (_byAge.Count == MaxCauses) _depths.Remove(_byAge.Dequeue());
            _byAge.Enqueue(cause);
            _depths[cause] = depths = [];
        }

        var depth = depths.TryGetValue(sender, out var above) ? above + 1 : 0;
        // An answer goes back up: it must not push the asker deeper with every round trip.
        depths[receiver] = depths.TryGetValue(receiver, out var before) ? Math.Min(before, depth) : depth;
        return depth;
    }
}
