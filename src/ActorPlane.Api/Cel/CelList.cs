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

    /// <summary>Whether an element equals a value.</summary>
    public virtual bool Contains(CelValue value)
    {
        for (var i = 0; i < Count; i++)
        {
            if (CelEquality.AreEqual(this[i], value)) return true;
        }

        return false;
    }

    public static CelList Of(List<CelValue> items) => new Values(items, items.Count);

    /// <summary>A list that many evaluations share.</summary>
    public static CelList Constant(CelValue[] items) => items.Length == 0 ? Empty : new Fixed(items);

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

    private sealed class Fixed(CelValue[] items) : CelList
    {
        private readonly HashSet<CelValue> _known = new(items, CelEquality.Comparer);

        public override int Count => items.Length;

        public override CelValue this[int index] => items[index];

        public override bool Contains(CelValue value) => _known.Contains(value);
    }
}
