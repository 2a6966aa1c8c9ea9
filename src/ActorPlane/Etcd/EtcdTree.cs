namespace ActorPlane.Etcd;

/// <summary>
/// All keys at one moment, sorted: an immutable B+ tree whose versions share every node that did not change between
/// them, so any number of moments can be kept, and read from any thread. Subtree sizes stand in the nodes, which makes
/// counting a range as cheap as finding a key.
/// <para>
/// Changes go through an <see cref="Editor"/>: it copies a node the first time it touches it and from then on changes
/// its own copy in place, so that a batch of writes copies each node once.
/// </para>
/// </summary>
public sealed partial class EtcdTree
{
    /// <summary>Items of a leaf and children of an inner node. 32 keeps a copied path small and the tree of a million keys five levels high.</summary>
    private const int Capacity = 32;

    private readonly Node? _root;

    private EtcdTree(Node? root) => _root = root;

    /// <summary>No keys.</summary>
    public static EtcdTree Empty { get; } = new(null);

    /// <summary>How many keys there are.</summary>
    public int Count => _root?.Count ?? 0;

    /// <summary>The key's present state, or null if it does not exist.</summary>
    public EtcdKeyValue? Find(EtcdKey key) => Find(_root, key);

    /// <summary>How many keys the range holds; the cost does not grow with their number.</summary>
    public int CountIn(EtcdKeyRange range)
    {
        if (range.IsSingle) return Find(range.Start) is null ? 0 : 1;
        if (range.IsVoid) return 0;
        var end = range.IsUnbounded ? Count : Rank(_root, range.End);
        return end - Rank(_root, range.Start);
    }

    /// <summary>Appends the range's keys in order, at most <paramref name="limit"/> (0: all).</summary>
    public void CopyTo(List<EtcdKeyValue> into, EtcdKeyRange range, long limit = 0)
    {
        var most = limit > 0 ? limit : long.MaxValue;
        if (range.IsSingle)
        {
            if (Find(range.Start) is { } found) into.Add(found);
        }
        else if (_root is not null && !range.IsVoid)
        {
            Copy(_root, range, into, into.Count + Math.Min(most, int.MaxValue - into.Count));
        }
    }

    /// <summary>All keys in order.</summary>
    public IEnumerable<EtcdKeyValue> All()
    {
        // An explicit stack: a recursive iterator would cost a call per level for each key.
        if (_root is null) yield break;
        var stack = new Stack<(Inner Node, int Next)>();
        var node = _root;
        while (true)
        {
            while (node is Inner inner)
            {
                stack.Push((inner, 1));
                node = inner.Children[0];
            }
            var leaf = (Leaf)node;
            for (var i = 0; i < leaf.Slots; i++) yield return leaf.Items[i];
            while (stack.Count > 0 && stack.Peek().Next == stack.Peek().Node.Slots) stack.Pop();
            if (stack.Count == 0) yield break;
            var (parent, next) = stack.Pop();
            stack.Push((parent, next + 1));
            node = parent.Children[next];
        }
    }

    private static EtcdKeyValue? Find(Node? node, EtcdKey key)
    {
        while (node is Inner inner) node = inner.Children[inner.ChildFor(key)];
        if (node is not Leaf leaf) return null;
        var slot = leaf.SlotOf(key);
        return slot >= 0 ? leaf.Items[slot] : null;
    }

    /// <summary>How many keys are below this one.</summary>
    private static int Rank(Node? node, EtcdKey key)
    {
        var below = 0;
        while (node is Inner inner)
        {
            var slot = inner.ChildFor(key);
            for (var i = 0; i < slot; i++) below += inner.Children[i].Count;
            node = inner.Children[slot];
        }
        if (node is not Leaf leaf) return below;
        var at = leaf.SlotOf(key);
        return below + (at >= 0 ? at : ~at);
    }

    private static bool Copy(Node node, EtcdKeyRange range, List<EtcdKeyValue> into, long most)
    {
        if (node is Inner inner)
        {
            for (var i = inner.ChildFor(range.Start); i < inner.Slots; i++)
                if (!Copy(inner.Children[i], range, into, most)) return false;
            return true;
        }
        var leaf = (Leaf)node;
        var from = leaf.SlotOf(range.Start);
        for (var i = from >= 0 ? from : ~from; i < leaf.Slots; i++)
        {
            if (into.Count >= most) return false;
            if (!range.IsUnbounded && leaf.Items[i].Key >= range.End) return false;
            into.Add(leaf.Items[i]);
        }
        return true;
    }

    /// <summary>Changes a tree; not for more than one thread. Trees that it returned or began with never change.</summary>
    public sealed class Editor
    {
        private object _owner = new();
        private Node? _root;

        /// <summary>The last answer of <see cref="Find"/>: a guarded put looks for its key twice before it sets it.</summary>
        private EtcdKey _lastKey;
        private EtcdKeyValue? _lastFound;

        public Editor(EtcdTree start) => _root = start._root;

        public int Count => _root?.Count ?? 0;

        public EtcdKeyValue? Find(EtcdKey key)
        {
            if (key.IsSame(_lastKey)) return _lastFound;
            _lastKey = key;
            return _lastFound = EtcdTree.Find(_root, key);
        }

        /// <summary>The tree as it is now; what is changed afterwards does not show in it.</summary>
        public EtcdTree ToTree()
        {
            // Whoever holds the tree relies on its nodes: from here on none of them is ours to change in place.
            _owner = new object();
            return _root is null ? Empty : new EtcdTree(_root);
        }

        /// <summary>The tree as it is now, to be read only until the next change.</summary>
        public EtcdTree View() => new(_root);

        /// <summary>Sets a key; returns what it was before, or null.</summary>
        public EtcdKeyValue? Set(EtcdKeyValue keyValue)
        {
            _lastKey = default;
            if (_root is null)
            {
                var leaf = new Leaf(_owner) { Slots = 1 };
                leaf.Items[0] = keyValue;
                _root = leaf;
                return null;
            }
            _root = _root.Set(keyValue, _owner, out var right, out var previous);
            if (right is not null)
            {
                var grown = new Inner(_owner) { Slots = 2, Total = _root.Count + right.Count };
                (grown.Children[0], grown.Children[1]) = (_root, right);
                (grown.Lows[0], grown.Lows[1]) = (_root.Low, right.Low);
                _root = grown;
            }
            return previous;
        }

        /// <summary>Removes a key; returns what it was, or null if it did not exist.</summary>
        public EtcdKeyValue? Remove(EtcdKey key)
        {
            if (Find(key) is not { } found) return null;
            _lastKey = default;
            _root = _root!.Remove(key, _owner);
            while (_root is Inner { Slots: 1 } inner) _root = inner.Children[0];
            if (_root.Slots == 0) _root = null;
            return found;
        }
    }
}
