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
public sealed class EtcdTree
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

    private abstract class Node(object owner)
    {
        /// <summary>The editing session that may change this node in place.</summary>
        public readonly object Owner = owner;

        /// <summary>How many items or children are in use.</summary>
        public int Slots;

        public abstract int Count { get; }

        /// <summary>A key not above any key in here.</summary>
        public abstract EtcdKey Low { get; }

        public abstract Node Set(EtcdKeyValue keyValue, object owner, out Node? right, out EtcdKeyValue? previous);

        public abstract Node Remove(EtcdKey key, object owner);

        /// <summary>Takes over everything of the node to the right; only on a node of one's own.</summary>
        public abstract void Absorb(Node right);

        public abstract Node Editable(object owner);
    }

    private sealed class Leaf(object owner) : Node(owner)
    {
        public readonly EtcdKeyValue[] Items = new EtcdKeyValue[Capacity];

        public override int Count => Slots;

        public override EtcdKey Low => Items[0].Key;

        /// <summary>Where the key is, or the complement of where it would go.</summary>
        public int SlotOf(EtcdKey key)
        {
            int low = 0, high = Slots - 1;
            while (low <= high)
            {
                var middle = (low + high) >> 1;
                var order = Items[middle].Key.CompareTo(key);
                if (order == 0) return middle;
                if (order < 0) low = middle + 1;
                else high = middle - 1;
            }
            return ~low;
        }

        public override Leaf Editable(object owner)
        {
            if (ReferenceEquals(Owner, owner)) return this;
            var copy = new Leaf(owner) { Slots = Slots };
            Array.Copy(Items, copy.Items, Slots);
            return copy;
        }

        public override Node Set(EtcdKeyValue keyValue, object owner, out Node? right, out EtcdKeyValue? previous)
        {
            right = null;
            previous = null;
            var slot = SlotOf(keyValue.Key);
            if (slot >= 0)
            {
                previous = Items[slot];
                var changed = Editable(owner);
                changed.Items[slot] = keyValue;
                return changed;
            }
            slot = ~slot;
            if (Slots < Capacity)
            {
                var grown = Editable(owner);
                grown.Insert(slot, keyValue);
                return grown;
            }
            var next = new Leaf(owner);
            right = next;
            if (slot == Slots)
            {
                // Keys mostly arrive in order: leave the full leaf full and begin a new one.
                next.Insert(0, keyValue);
                return this;
            }
            var left = Editable(owner);
            const int Half = Capacity / 2;
            Array.Copy(left.Items, Half, next.Items, 0, Capacity - Half);
            Array.Clear(left.Items, Half, Capacity - Half);
            next.Slots = Capacity - Half;
            left.Slots = Half;
            if (slot <= Half) left.Insert(slot, keyValue);
            else next.Insert(slot - Half, keyValue);
            return left;
        }

        public override Node Remove(EtcdKey key, object owner)
        {
            var slot = SlotOf(key);
            var changed = Editable(owner);
            changed.Slots--;
            Array.Copy(changed.Items, slot + 1, changed.Items, slot, changed.Slots - slot);
            changed.Items[changed.Slots] = null!;
            return changed;
        }

        public override void Absorb(Node right)
        {
            Array.Copy(((Leaf)right).Items, 0, Items, Slots, right.Slots);
            Slots += right.Slots;
        }

        private void Insert(int slot, EtcdKeyValue keyValue)
        {
            Array.Copy(Items, slot, Items, slot + 1, Slots - slot);
            Items[slot] = keyValue;
            Slots++;
        }
    }

    private sealed class Inner : Node
    {
        public Inner(object owner) : base(owner) => Lows = new EtcdKey[Capacity];

        private Inner(object owner, Inner original) : base(owner)
        {
            (Slots, Total, Lows, _sharesLows) = (original.Slots, original.Total, original.Lows, true);
            Array.Copy(original.Children, Children, Slots);
        }

        public readonly Node[] Children = new Node[Capacity];

        /// <summary>A lower bound for the keys of each child, above all keys of the child before; the first one does not count.</summary>
        public EtcdKey[] Lows;

        /// <summary>The bounds are another node's, too: setting a key that exists leaves them as they are.</summary>
        private bool _sharesLows;

        public int Total;

        public override int Count => Total;

        public override EtcdKey Low => Lows[0];

        /// <summary>The child that holds this key, if any does.</summary>
        public int ChildFor(EtcdKey key)
        {
            int low = 1, high = Slots - 1;
            while (low <= high)
            {
                var middle = (low + high) >> 1;
                if (Lows[middle].CompareTo(key) <= 0) low = middle + 1;
                else high = middle - 1;
            }
            return low - 1;
        }

        public override Inner Editable(object owner)
        {
            if (ReferenceEquals(Owner, owner)) return this;

            // From here on neither of the two may change the bounds in place.
            _sharesLows = true;
            return new Inner(owner, this);
        }

        public override Node Set(EtcdKeyValue keyValue, object owner, out Node? right, out EtcdKeyValue? previous)
        {
            right = null;
            var slot = ChildFor(keyValue.Key);
            var child = Children[slot].Set(keyValue, owner, out var split, out previous);
            var changed = Editable(owner);
            changed.Children[slot] = child;
            if (previous is null) changed.Total++;
            if (split is null) return changed;
            if (changed.Slots < Capacity)
            {
                changed.Insert(slot + 1, split);
                return changed;
            }
            var next = new Inner(owner);
            right = next;
            if (slot + 1 == Capacity)
            {
                next.Insert(0, split);
                next.Total = split.Count;
                changed.Total -= next.Total;
                return changed;
            }
            const int Half = Capacity / 2;
            changed.OwnLows();
            Array.Copy(changed.Children, Half, next.Children, 0, Capacity - Half);
            Array.Copy(changed.Lows, Half, next.Lows, 0, Capacity - Half);
            Array.Clear(changed.Children, Half, Capacity - Half);
            Array.Clear(changed.Lows, Half, Capacity - Half);
            next.Slots = Capacity - Half;
            changed.Slots = Half;
            if (slot + 1 <= Half) changed.Insert(slot + 1, split);
            else next.Insert(slot + 1 - Half, split);
            var total = changed.Total;
            for (var i = 0; i < next.Slots; i++) next.Total += next.Children[i].Count;
            changed.Total = total - next.Total;
            return changed;
        }

        public override Node Remove(EtcdKey key, object owner)
        {
            var slot = ChildFor(key);
            var changed = Editable(owner);
            var child = Children[slot].Remove(key, owner);
            changed.Children[slot] = child;
            changed.Total--;
            if (child.Slots == 0) changed.Drop(slot);
            else if (child.Slots < Capacity / 4) changed.MergeAround(slot, owner);
            return changed;
        }

        public override void Absorb(Node right)
        {
            var other = (Inner)right;
            OwnLows();
            Array.Copy(other.Children, 0, Children, Slots, other.Slots);
            Array.Copy(other.Lows, 0, Lows, Slots, other.Slots);
            Slots += other.Slots;
            Total += other.Total;
        }

        private void Insert(int slot, Node child)
        {
            OwnLows();
            Array.Copy(Children, slot, Children, slot + 1, Slots - slot);
            Array.Copy(Lows, slot, Lows, slot + 1, Slots - slot);
            Children[slot] = child;
            Lows[slot] = child.Low;
            Slots++;
        }

        private void Drop(int slot)
        {
            OwnLows();
            Slots--;
            Array.Copy(Children, slot + 1, Children, slot, Slots - slot);
            Array.Copy(Lows, slot + 1, Lows, slot, Slots - slot);
            Children[Slots] = null!;
            Lows[Slots] = default;
        }

        /// <summary>Called before the bounds change.</summary>
        private void OwnLows()
        {
            if (!_sharesLows) return;
            Lows = (EtcdKey[])Lows.Clone();
            _sharesLows = false;
        }

        /// <summary>Joins a thin child with a neighbour if the two leave room in one node: no tree of thin nodes stays behind mass deletions.</summary>
        private void MergeAround(int slot, object owner)
        {
            const int Roomy = Capacity * 3 / 4;
            var left = slot > 0 && Children[slot - 1].Slots + Children[slot].Slots <= Roomy ? slot - 1
                : slot + 1 < Slots && Children[slot + 1].Slots + Children[slot].Slots <= Roomy ? slot : -1;
            if (left < 0) return;
            var merged = Children[left].Editable(owner);
            merged.Absorb(Children[left + 1]);
            // The joined child's own lower bound is the parent's: an inner child's first one may be stale.
            if (merged is Inner inner) inner.Lows[inner.Slots - Children[left + 1].Slots] = Lows[left + 1];
            Children[left] = merged;
            Drop(left + 1);
        }
    }
}
