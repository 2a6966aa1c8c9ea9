using System.Collections;
using System.Runtime.CompilerServices;

namespace ActorPlane.Api;

/// <summary>An immutable list with value equality. Never null in the generated objects: absent is <see cref="Empty"/>.</summary>
[CollectionBuilder(typeof(ValueListBuilder), nameof(ValueListBuilder.Create))]
public sealed class ValueList<T> : IReadOnlyList<T>, IEquatable<ValueList<T>>
{
    /// <summary>The list without elements.</summary>
    public static readonly ValueList<T> Empty = new([]);

    private readonly T[] _items;

    private ValueList(T[] items) => _items = items;

    /// <summary>Takes the array over: the caller must not change it afterwards.</summary>
    internal static ValueList<T> Wrap(T[] items) => items.Length == 0 ? Empty : new ValueList<T>(items);

    /// <summary>How many elements there are.</summary>
    public int Count => _items.Length;

    /// <summary>Whether there is no element.</summary>
    public bool IsEmpty => _items.Length == 0;

    /// <summary>The element at a place, counted from 0.</summary>
    public T this[int index] => _items[index];

    /// <summary>The elements without copying.</summary>
    public ReadOnlySpan<T> AsSpan() => _items;

    /// <summary>A list with one more element at the end.</summary>
    public ValueList<T> Add(T item)
    {
        var items = new T[_items.Length + 1];
        _items.CopyTo(items, 0);
        items[^1] = item;
        return new ValueList<T>(items);
    }

    /// <summary>A list with more elements at the end.</summary>
    public ValueList<T> AddRange(IEnumerable<T> items) => Wrap([.. _items, .. items]);

    /// <summary>A list with another element at a place.</summary>
    public ValueList<T> SetItem(int index, T item)
    {
        var items = (T[])_items.Clone();
        items[index] = item;
        return new ValueList<T>(items);
    }

    /// <summary>A list without the element at a place.</summary>
    public ValueList<T> RemoveAt(int index) => Wrap([.. _items.AsSpan(0, index), .. _items.AsSpan(index + 1)]);

    /// <summary>A list without the elements for which the predicate holds; this one when there is none.</summary>
    public ValueList<T> RemoveAll(Predicate<T> match) =>
        Array.Exists(_items, match) ? Wrap(Array.FindAll(_items, item => !match(item))) : this;

    /// <summary>Where the first element for which the predicate holds stands, or -1.</summary>
    public int FindIndex(Predicate<T> match) => Array.FindIndex(_items, match);

    /// <summary>The first element for which the predicate holds, or the type's default.</summary>
    public T? Find(Predicate<T> match) => Array.Find(_items, match);

    /// <summary>Whether an equal element is in the list.</summary>
    public bool Contains(T item) => Array.IndexOf(_items, item) >= 0;

    /// <summary>Enumerates without allocating.</summary>
    public Enumerator GetEnumerator() => new(_items);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(ValueList<T>? other) =>
        ReferenceEquals(this, other) || (other is not null && _items.AsSpan().SequenceEqual(other._items, EqualityComparer<T>.Default));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in _items) hash.Add(item);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => "[" + string.Join(", ", _items) + "]";

    /// <summary>Value equality.</summary>
    public static bool operator ==(ValueList<T>? left, ValueList<T>? right) => Equals(left, right);

    /// <summary>Value inequality.</summary>
    public static bool operator !=(ValueList<T>? left, ValueList<T>? right) => !Equals(left, right);

    /// <summary>Walks over the elements in order.</summary>
    public struct Enumerator
    {
        private readonly T[] _items;
        private int _index;

        internal Enumerator(T[] items)
        {
            _items = items;
            _index = -1;
        }

        /// <summary>The element stood at.</summary>
        public readonly T Current => _items[_index];

        /// <summary>Goes on; false at the end.</summary>
        public bool MoveNext() => ++_index < _items.Length;
    }
}
