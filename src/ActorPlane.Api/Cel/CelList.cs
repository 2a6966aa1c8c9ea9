namespace ActorPlane.Api.Cel;

/// <summary>A list.</summary>
internal abstract class CelList : CelValue
{
    public static readonly CelList Empty = new Values([], 0);

    public override CelType Type => CelType.AnyList;

    public abstract int Count { get; }

    public abstract CelValue this[int index] { get; }

    /// <summary>The elements of both; those of sets and of maps by key are joined.</summary>
    public virtual CelValue Concat(CelList other)
    {
        var items = new List<CelValue>(Count + other.Count);
        for (var i = 0; i < Count; i++) items.Add(this[i]);
        for (var i = 0; i < other.Count; i++) items.Add(other[i]);
        return Of(items);
    }

    /// <summary>Whether the other holds the same: in the same order, unless this is a set or a map by key.</summary>
    public virtual bool HasSame(CelList other)
    {
        if (Count != other.Count) return false;
        for (var i = 0; i < Count; i++)
        {
            if (!CelEquality.AreEqual(this[i], other[i])) return false;
        }

        return true;
    }

    public static CelList Of(List<CelValue> items) => new Values(items, items.Count);

    /// <summary>
    /// A list in memory. Appending to the longest of those that share a buffer takes the time of what is appended, so that folding a list of
    /// n elements into another takes n steps.
    /// </summary>
    private sealed class Values(List<CelValue> buffer, int count) : CelList
    {
        public override int Count => count;

        public override CelValue this[int index] => buffer[index];

        public override CelValue Concat(CelList other)
        {
            if (other.Count == 0) return this;
            if (count == 0 || buffer.Count != count) return base.Concat(other);
            for (var i = 0; i < other.Count; i++) buffer.Add(other[i]);
            return new Values(buffer, buffer.Count);
        }
    }
}
