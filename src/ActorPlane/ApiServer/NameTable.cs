using ActorPlane.Api;

namespace ActorPlane.ApiServer;

/// <summary>
/// Objects by namespace and name in about two references each, which a dictionary takes four times: there is one table
/// for each copy of the pods that a component keeps. Open addressing with linear probing; the names stand in the objects.
/// </summary>
/// <typeparam name="T">The objects' type.</typeparam>
public sealed class NameTable<T>
    where T : class, IKubeObject
{
    private const int Smallest = 4;

    // A power of two long, and at most three quarters full.
    private T?[] _slots = [];

    /// <summary>How many objects there are.</summary>
    public int Count { get; private set; }

    /// <summary>The object of that name, or null.</summary>
    public T? Find(NamespacedName name) => Count == 0 ? null : _slots[SlotOf(name)];

    /// <summary>Adds an object, or puts it in the place of the one of its name; returns that one, or null.</summary>
    public T? Set(T item)
    {
        if ((Count + 1) * 4 > _slots.Length * 3) Resize(Math.Max(Smallest, _slots.Length * 2));
        var slot = SlotOf(NamespacedName.Of(item));
        var before = _slots[slot];
        _slots[slot] = item;
        if (before is null) Count++;
        return before;
    }

    /// <summary>Removes the object of that name; returns it, or null.</summary>
    public T? Remove(NamespacedName name)
    {
        if (Count == 0) return null;
        var hole = SlotOf(name);
        if (_slots[hole] is not { } found) return null;
        Count--;
        var mask = _slots.Length - 1;

        // What stands behind and would have stood here moves up, so that every object is found from its own slot on.
        for (var slot = (hole + 1) & mask; _slots[slot] is { } next; slot = (slot + 1) & mask)
        {
            var home = HashOf(NamespacedName.Of(next)) & mask;
            if (((slot - home) & mask) < ((slot - hole) & mask)) continue;
            _slots[hole] = next;
            hole = slot;
        }

        _slots[hole] = null;
        if (Count == 0) _slots = [];
        else if (Count * 8 < _slots.Length && _slots.Length > Smallest) Resize(_slots.Length / 2);
        return found;
    }

    /// <summary>All objects by namespace, then name. O(n log n).</summary>
    public T[] ToSortedArray()
    {
        var items = new T[Count];
        var next = 0;
        foreach (var item in _slots)
        {
            if (item is not null) items[next++] = item;
        }

        Array.Sort(items, static (left, right) => NamespacedName.Of(left).CompareTo(NamespacedName.Of(right)));
        return items;
    }

    private static int HashOf(NamespacedName name) => name.GetHashCode();

    /// <summary>Where the object is, or the empty slot where it would go.</summary>
    private int SlotOf(NamespacedName name)
    {
        var mask = _slots.Length - 1;
        for (var slot = HashOf(name) & mask; ; slot = (slot + 1) & mask)
        {
            if (_slots[slot] is not { } item || (item.Metadata.Name == name.Name && (item.Metadata.Namespace ?? "") == name.Namespace)) return slot;
        }
    }

    private void Resize(int length)
    {
        var items = _slots;
        _slots = new T?[length];
        foreach (var item in items)
        {
            if (item is not null) _slots[SlotOf(NamespacedName.Of(item))] = item;
        }
    }
}
