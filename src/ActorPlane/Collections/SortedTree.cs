namespace ActorPlane.Collections;

/// <summary>
/// Items in the order of their keys at one moment: an immutable B+ tree whose versions share every node that did not
/// change between them, so any number of moments can be kept, and read from any thread. Subtree sizes stand in the nodes,
/// which makes counting a range as cheap as finding a key. The keys stand in the items, which costs no memory of its own.
/// <para>
/// Changes go through an <see cref="Editor"/>: it copies a node the first time it touches it and from then on changes
/// its own copy in place, so that a batch of writes copies each node once.
/// </para>
/// </summary>
public sealed partial class SortedTree<TKey, TItem>
    where TKey : struct, IComparable<TKey>
    where TItem : struct, IKeyed<TKey>
{
    /// <summary>Items of a leaf and children of an inner node. 32 keeps a copied path small and the tree of a million keys five levels high.</summary>
    private const int Capacity = 32;

    private readonly Node? _root;

    private SortedTree(Node? root) => _root = root;

    /// <summary>Whether to go on after an item; a struct, so that it is compiled into the walk.</summary>
    public interface IVisitor
    {
        /// <summary>False: this item is not wanted, nor is any after it.</summary>
        bool Visit(TItem item);
    }

    /// <summary>No items.</summary>
    public static SortedTree<TKey, TItem> Empty { get; } = new(null);

    /// <summary>How many items there are.</summary>
    public int Count => _root?.Count ?? 0;

    /// <summary>The item with that key, or none.</summary>
    public TItem Find(TKey key) => Find(_root, key);

    /// <summary>How many items are below this key.</summary>
    public int Rank(TKey key)
    {
        var (below, node) = (0, _root);
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

    /// <summary>Shows the items in order, from this key on, as long as the visitor wants more.</summary>
    public void Walk<TVisitor>(TKey start, ref TVisitor visitor)
        where TVisitor : struct, IVisitor
    {
        if (_root is not null) Walk(_root, start, ref visitor);
    }

    /// <summary>All items in order.</summary>
    public IEnumerable<TItem> All() => After(default, fromStart: true);

    /// <summary>The items above a key, in order.</summary>
    public IEnumerable<TItem> After(TKey key) => After(key, fromStart: false);

    private IEnumerable<TItem> After(TKey key, bool fromStart)
    {
        // An explicit stack: a recursive iterator would cost a call per level for each item.
        if (_root is null) yield break;
        var stack = new Stack<(Inner Node, int Next)>();
        var node = _root;
        var seeks = !fromStart;
        while (true)
        {
            while (node is Inner inner)
            {
                var child = seeks ? inner.ChildFor(key) : 0;
                stack.Push((inner, child + 1));
                node = inner.Children[child];
            }
            var leaf = (Leaf)node;
            var first = 0;
            if (seeks)
            {
                var at = leaf.SlotOf(key);
                first = at >= 0 ? at + 1 : ~at;
                seeks = false;
            }
            for (var i = first; i < leaf.Slots; i++) yield return leaf.Items[i];
            while (stack.Count > 0 && stack.Peek().Next == stack.Peek().Node.Slots) stack.Pop();
            if (stack.Count == 0) yield break;
            var (parent, next) = stack.Pop();
            stack.Push((parent, next + 1));
            node = parent.Children[next];
        }
    }

    private static TItem Find(Node? node, TKey key)
    {
        while (node is Inner inner) node = inner.Children[inner.ChildFor(key)];
        if (node is not Leaf leaf) return default;
        var slot = leaf.SlotOf(key);
        return slot >= 0 ? leaf.Items[slot] : default;
    }

    private static bool Walk<TVisitor>(Node node, TKey start, ref TVisitor visitor)
        where TVisitor : struct, IVisitor
    {
        if (node is Inner inner)
        {
            for (var i = inner.ChildFor(start); i < inner.Slots; i++)
                if (!Walk(inner.Children[i], start, ref visitor)) return false;
            return true;
        }
        var leaf = (Leaf)node;
        var from = leaf.SlotOf(start);
        for (var i = from >= 0 ? from : ~from; i < leaf.Slots; i++)
            if (!visitor.Visit(leaf.Items[i])) return false;
        return true;
    }

    /// <summary>Changes a tree; not for more than one thread. Trees that it returned or began with never change.</summary>
    public sealed class Editor(SortedTree<TKey, TItem> start)
    {
        private object _owner = new();
        private Node? _root = start._root;

        /// <summary>How many items there are.</summary>
        public int Count => _root?.Count ?? 0;

        /// <summary>The item with that key, or none.</summary>
        public TItem Find(TKey key) => SortedTree<TKey, TItem>.Find(_root, key);

        /// <summary>The tree as it is now; what is changed afterwards does not show in it.</summary>
        public SortedTree<TKey, TItem> ToTree()
        {
            // Whoever holds the tree relies on its nodes: from here on none of them is ours to change in place.
            _owner = new object();
            return _root is null ? Empty : new SortedTree<TKey, TItem>(_root);
        }

        /// <summary>The tree as it is now, to be read only until the next change.</summary>
        public SortedTree<TKey, TItem> View() => new(_root);

        /// <summary>Sets an item; returns what stood under its key before, or none.</summary>
        public TItem Set(TItem item)
        {
            if (_root is null)
            {
                var leaf = new Leaf(_owner) { Slots = 1 };
                leaf.Items[0] = item;
                _root = leaf;
                return default;
            }
            _root = _root.Set(item, _owner, out var right, out var previous);
            if (right is not null)
            {
                var grown = new Inner(_owner) { Slots = 2, Total = _root.Count + right.Count };
                (grown.Children[0], grown.Children[1]) = (_root, right);
                (grown.Lows[0], grown.Lows[1]) = (_root.Low, right.Low);
                _root = grown;
            }
            return previous;
        }

        /// <summary>Removes what stands under a key; returns it, or none.</summary>
        public TItem Remove(TKey key)
        {
            var found = Find(key);
            if (found.IsNone) return found;
            _root = _root!.Remove(key, _owner);
            while (_root is Inner { Slots: 1 } inner) _root = inner.Children[0];
            if (_root.Slots == 0) _root = null;
            return found;
        }
    }
}
