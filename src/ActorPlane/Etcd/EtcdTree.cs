using ActorPlane.Collections;

namespace ActorPlane.Etcd;

/// <summary>All keys at one moment, sorted and immutable: a <see cref="SortedTree{TKey, TItem}"/>.</summary>
public sealed class EtcdTree
{
    private readonly SortedTree<EtcdKey, Item> _items;

    private EtcdTree(SortedTree<EtcdKey, Item> items) => _items = items;

    /// <summary>No keys.</summary>
    public static EtcdTree Empty { get; } = new(SortedTree<EtcdKey, Item>.Empty);

    /// <summary>How many keys there are.</summary>
    public int Count => _items.Count;

    /// <summary>The key's present state, or null if it does not exist.</summary>
    public EtcdKeyValue? Find(EtcdKey key) => _items.Find(key).KeyValue;

    /// <summary>How many keys the range holds; the cost does not grow with their number.</summary>
    public int CountIn(EtcdKeyRange range)
    {
        if (range.IsSingle) return Find(range.Start) is null ? 0 : 1;
        if (range.IsVoid) return 0;
        var end = range.IsUnbounded ? Count : _items.Rank(range.End);
        return end - _items.Rank(range.Start);
    }

    /// <summary>Appends the range's keys in order, at most <paramref name="limit"/> (0: all).</summary>
    public void CopyTo(List<EtcdKeyValue> into, EtcdKeyRange range, long limit = 0)
    {
        var most = limit > 0 ? limit : long.MaxValue;
        if (range.IsSingle)
        {
            if (Find(range.Start) is { } found) into.Add(found);
        }
        else if (!range.IsVoid)
        {
            var collector = new Collector(into, range, into.Count + Math.Min(most, int.MaxValue - into.Count));
            _items.Walk(range.Start, ref collector);
        }
    }

    /// <summary>All keys in order.</summary>
    public IEnumerable<EtcdKeyValue> All() => _items.All().Select(static item => item.KeyValue!);

    /// <summary>Changes a tree; not for more than one thread. Trees that it returned or began with never change.</summary>
    public sealed class Editor(EtcdTree start)
    {
        private readonly SortedTree<EtcdKey, Item>.Editor _items = new(start._items);

        /// <summary>The last answer of <see cref="Find"/>: a guarded put looks for its key twice before it sets it.</summary>
        private EtcdKey _lastKey;
        private EtcdKeyValue? _lastFound;

        /// <summary>How many keys there are.</summary>
        public int Count => _items.Count;

        /// <summary>The key's present state, or null if it does not exist.</summary>
        public EtcdKeyValue? Find(EtcdKey key)
        {
            if (key.IsSame(_lastKey)) return _lastFound;
            _lastKey = key;
            return _lastFound = _items.Find(key).KeyValue;
        }

        /// <summary>The tree as it is now; what is changed afterwards does not show in it.</summary>
        public EtcdTree ToTree() => new(_items.ToTree());

        /// <summary>The tree as it is now, to be read only until the next change.</summary>
        public EtcdTree View() => new(_items.View());

        /// <summary>Sets a key; returns what it was before, or null.</summary>
        public EtcdKeyValue? Set(EtcdKeyValue keyValue)
        {
            _lastKey = default;
            return _items.Set(new Item(keyValue)).KeyValue;
        }

        /// <summary>Removes a key; returns what it was, or null if it did not exist.</summary>
        public EtcdKeyValue? Remove(EtcdKey key)
        {
            _lastKey = default;
            return _items.Remove(key).KeyValue;
        }
    }

    private readonly struct Item(EtcdKeyValue keyValue) : IKeyed<EtcdKey>
    {
        public readonly EtcdKeyValue? KeyValue = keyValue;

        public EtcdKey Key => KeyValue!.Key;

        public bool IsNone => KeyValue is null;
    }

    private readonly struct Collector(List<EtcdKeyValue> into, EtcdKeyRange range, long most) : SortedTree<EtcdKey, Item>.IVisitor
    {
        public bool Visit(Item item)
        {
            if (into.Count >= most || (!range.IsUnbounded && item.Key >= range.End)) return false;
            into.Add(item.KeyValue!);
            return true;
        }
    }
}
