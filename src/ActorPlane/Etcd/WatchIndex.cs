namespace ActorPlane.Etcd;

/// <summary>
/// Who watches which keys: finds the watches of a key at a cost that grows with those that want it (and with the
/// logarithm of all), not with their number. Single keys stand in a hash map; prefixes and ranges in an interval tree:
/// a treap ordered by start whose nodes know the largest end below them.
/// </summary>
/// <typeparam name="T">A watch.</typeparam>
public sealed class WatchIndex<T>
    where T : class
{
    private readonly Dictionary<EtcdKey, List<T>> _singles = [];
    private Node? _root;
    private ulong _nodesMade;

    /// <summary>How many watches there are.</summary>
    public int Count { get; private set; }

    public void Add(EtcdKeyRange keys, T watch)
    {
        Count++;
        if (keys.IsSingle)
        {
            if (!_singles.TryGetValue(keys.Start, out var watches)) _singles.Add(keys.Start, watches = []);
            watches.Add(watch);
            return;
        }
        if (FindNode(keys) is { } node) node.Watches.Add(watch);
        else _root = Insert(_root, new Node(keys, Priority(++_nodesMade), watch));
    }

    /// <summary>Removes a watch that was added with these keys.</summary>
    public void Remove(EtcdKeyRange keys, T watch)
    {
        if (keys.IsSingle)
        {
            if (!_singles.TryGetValue(keys.Start, out var watches) || !watches.Remove(watch)) return;
            if (watches.Count == 0) _singles.Remove(keys.Start);
        }
        else
        {
            if (FindNode(keys) is not { } node || !node.Watches.Remove(watch)) return;
            if (node.Watches.Count == 0) _root = Delete(_root, keys);
        }
        Count--;
    }

    /// <summary>Appends every watch of this key, in an order that depends only on how the index came to be.</summary>
    public void CopyWatchesOf(EtcdKey key, List<T> into)
    {
        if (_singles.TryGetValue(key, out var watches)) into.AddRange(watches);
        Stab(_root, key, into);
    }

    private static void Stab(Node? node, EtcdKey key, List<T> into)
    {
        while (node is not null && !EndsBefore(node.LargestEnd, key))
        {
            Stab(node.Left, key, into);
            if (node.Keys.Start > key) return;
            if (!EndsBefore(node.Keys.End, key)) into.AddRange(node.Watches);
            node = node.Right;
        }
    }

    private Node? FindNode(EtcdKeyRange keys)
    {
        var node = _root;
        while (node is not null)
        {
            var order = Compare(keys, node.Keys);
            if (order == 0) return node;
            node = order < 0 ? node.Left : node.Right;
        }
        return null;
    }

    private static Node Insert(Node? node, Node added)
    {
        if (node is null) return added;
        if (Compare(added.Keys, node.Keys) < 0)
        {
            node.Left = Insert(node.Left, added);
            if (node.Left.Priority > node.Priority) return RotateRight(node);
        }
        else
        {
            node.Right = Insert(node.Right, added);
            if (node.Right.Priority > node.Priority) return RotateLeft(node);
        }
        node.Refresh();
        return node;
    }

    private static Node? Delete(Node? node, EtcdKeyRange keys)
    {
        if (node is null) return null;
        var order = Compare(keys, node.Keys);
        if (order == 0) return Join(node.Left, node.Right);
        if (order < 0) node.Left = Delete(node.Left, keys);
        else node.Right = Delete(node.Right, keys);
        node.Refresh();
        return node;
    }

    private static Node? Join(Node? left, Node? right)
    {
        if (left is null) return right;
        if (right is null) return left;
        if (left.Priority > right.Priority)
        {
            left.Right = Join(left.Right, right);
            left.Refresh();
            return left;
        }
        right.Left = Join(left, right.Left);
        right.Refresh();
        return right;
    }

    private static Node RotateRight(Node node)
    {
        var top = node.Left!;
        node.Left = top.Right;
        top.Right = node;
        node.Refresh();
        top.Refresh();
        return top;
    }

    private static Node RotateLeft(Node node)
    {
        var top = node.Right!;
        node.Right = top.Left;
        top.Left = node;
        node.Refresh();
        top.Refresh();
        return top;
    }

    private static int Compare(EtcdKeyRange left, EtcdKeyRange right)
    {
        var order = left.Start.CompareTo(right.Start);
        return order != 0 ? order : CompareEnds(left.End, right.End);
    }

    private static int CompareEnds(EtcdKey left, EtcdKey right)
    {
        if (left.IsZero || right.IsZero) return left.IsZero.CompareTo(right.IsZero);
        return left.CompareTo(right);
    }

    private static bool EndsBefore(EtcdKey end, EtcdKey key) => !end.IsZero && end <= key;

    /// <summary>Spread evenly and the same in every run (the mixing step of SplitMix64).</summary>
    private static ulong Priority(ulong n)
    {
        var z = n * 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        return z ^ (z >> 27);
    }

    private sealed class Node(EtcdKeyRange keys, ulong priority, T watch)
    {
        public readonly EtcdKeyRange Keys = keys;
        public readonly ulong Priority = priority;
        public readonly List<T> Watches = [watch];
        public Node? Left;
        public Node? Right;
        public EtcdKey LargestEnd = keys.End;

        public void Refresh()
        {
            LargestEnd = Keys.End;
            if (Left is not null && CompareEnds(Left.LargestEnd, LargestEnd) > 0) LargestEnd = Left.LargestEnd;
            if (Right is not null && CompareEnds(Right.LargestEnd, LargestEnd) > 0) LargestEnd = Right.LargestEnd;
        }
    }
}
