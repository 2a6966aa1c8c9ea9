namespace ActorPlane.Collections;

/// <summary>The nodes: leaves hold items, inner nodes hold nodes. Only their owner, one editor, changes them.</summary>
public sealed partial class SortedTree<TKey, TItem>
{
    private abstract class Node(object owner)
    {
        /// <summary>The editing session that may change this node in place.</summary>
        public readonly object Owner = owner;

        /// <summary>How many items or children are in use.</summary>
        public int Slots;

        public abstract int Count { get; }

        /// <summary>A key not above any key in here.</summary>
        public abstract TKey Low { get; }

        public abstract Node Set(TItem item, object owner, out Node? right, out TItem previous);

        public abstract Node Remove(TKey key, object owner);

        /// <summary>Takes over everything of the node to the right; only on a node of one's own.</summary>
        public abstract void Absorb(Node right);

        public abstract Node Editable(object owner);
    }

    private sealed class Leaf(object owner) : Node(owner)
    {
        public readonly TItem[] Items = new TItem[Capacity];

        public override int Count => Slots;

        public override TKey Low => Items[0].Key;

        /// <summary>Where the key is, or the complement of where it would go.</summary>
        public int SlotOf(TKey key)
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

        public override Node Set(TItem item, object owner, out Node? right, out TItem previous)
        {
            right = null;
            previous = default;
            var slot = SlotOf(item.Key);
            if (slot >= 0)
            {
                previous = Items[slot];
                var changed = Editable(owner);
                changed.Items[slot] = item;
                return changed;
            }
            slot = ~slot;
            if (Slots < Capacity)
            {
                var grown = Editable(owner);
                grown.Insert(slot, item);
                return grown;
            }
            var next = new Leaf(owner);
            right = next;
            if (slot == Slots)
            {
                // Keys mostly arrive in order: leave the full leaf full and begin a new one.
                next.Insert(0, item);
                return this;
            }
            var left = Editable(owner);
            const int Half = Capacity / 2;
            Array.Copy(left.Items, Half, next.Items, 0, Capacity - Half);
            Array.Clear(left.Items, Half, Capacity - Half);
            next.Slots = Capacity - Half;
            left.Slots = Half;
            if (slot <= Half) left.Insert(slot, item);
            else next.Insert(slot - Half, item);
            return left;
        }

        public override Node Remove(TKey key, object owner)
        {
            var slot = SlotOf(key);
            var changed = Editable(owner);
            changed.Slots--;
            Array.Copy(changed.Items, slot + 1, changed.Items, slot, changed.Slots - slot);
            changed.Items[changed.Slots] = default;
            return changed;
        }

        public override void Absorb(Node right)
        {
            Array.Copy(((Leaf)right).Items, 0, Items, Slots, right.Slots);
            Slots += right.Slots;
        }

        private void Insert(int slot, TItem item)
        {
            Array.Copy(Items, slot, Items, slot + 1, Slots - slot);
            Items[slot] = item;
            Slots++;
        }
    }

    private sealed class Inner : Node
    {
        public Inner(object owner) : base(owner) => Lows = new TKey[Capacity];

        private Inner(object owner, Inner original) : base(owner)
        {
            (Slots, Total, Lows, _sharesLows) = (original.Slots, original.Total, original.Lows, true);
            Array.Copy(original.Children, Children, Slots);
        }

        public readonly Node[] Children = new Node[Capacity];

        /// <summary>A lower bound for the keys of each child, above all keys of the child before; the first one does not count.</summary>
        public TKey[] Lows;

        /// <summary>The bounds are another node's, too: setting a key that exists leaves them as they are.</summary>
        private bool _sharesLows;

        public int Total;

        public override int Count => Total;

        public override TKey Low => Lows[0];

        /// <summary>The child that holds this key, if any does.</summary>
        public int ChildFor(TKey key)
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

        public override Node Set(TItem item, object owner, out Node? right, out TItem previous)
        {
            right = null;
            var slot = ChildFor(item.Key);
            var child = Children[slot].Set(item, owner, out var split, out previous);
            var changed = Editable(owner);
            changed.Children[slot] = child;
            if (previous.IsNone) changed.Total++;
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

        public override Node Remove(TKey key, object owner)
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
            Lows[Slots] = default!;
        }

        /// <summary>Called before the bounds change.</summary>
        private void OwnLows()
        {
            if (!_sharesLows) return;
            Lows = (TKey[])Lows.Clone();
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
