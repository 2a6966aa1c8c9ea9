using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace ActorPlane.Api;

/// <summary>
/// An immutable map with string keys in ordinal order and value equality. Two arrays, searched by halves: Kubernetes maps
/// (labels, resources, data) are small and read far more often than changed. Absent is <see cref="Empty"/>, never null.
/// </summary>
public sealed class ValueMap<TValue> : IReadOnlyDictionary<string, TValue>, IEquatable<ValueMap<TValue>>
{
    /// <summary>The map without entries.</summary>
    public static readonly ValueMap<TValue> Empty = new([], []);

    private readonly string[] _keys;
    private readonly TValue[] _values;

    private ValueMap(string[] keys, TValue[] values)
    {
        _keys = keys;
        _values = values;
    }

    /// <summary>A map of these entries; of entries with one key the last one stays.</summary>
    public static ValueMap<TValue> From(IEnumerable<KeyValuePair<string, TValue>> entries)
    {
        if (entries is ValueMap<TValue> map) return map;
        var last = new Dictionary<string, TValue>(StringComparer.Ordinal);
        foreach (var (key, value) in entries) last[key] = value;
        return Sorted(last);
    }

    /// <summary>A map of a dictionary's entries.</summary>
    internal static ValueMap<TValue> Sorted(Dictionary<string, TValue> entries)
    {
        if (entries.Count == 0) return Empty;
        string[] keys = [.. entries.Keys];
        TValue[] values = [.. entries.Values];
        Array.Sort(keys, values, StringComparer.Ordinal);
        return new ValueMap<TValue>(keys, values);
    }

    /// <summary>Takes arrays over that are sorted by key, ordinal, without doubles.</summary>
    internal static ValueMap<TValue> Wrap(string[] keys, TValue[] values) => keys.Length == 0 ? Empty : new ValueMap<TValue>(keys, values);

    /// <summary>How many entries there are.</summary>
    public int Count => _keys.Length;

    /// <summary>Whether there is no entry.</summary>
    public bool IsEmpty => _keys.Length == 0;

    /// <summary>The value of a key. Throws <see cref="KeyNotFoundException"/> when it is absent.</summary>
    public TValue this[string key] =>
        TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"The map has no key \"{key}\".");

    /// <summary>The keys in ordinal order.</summary>
    public IEnumerable<string> Keys => _keys;

    /// <summary>The values in the order of their keys.</summary>
    public IEnumerable<TValue> Values => _values;

    /// <summary>Whether the key is there.</summary>
    public bool ContainsKey(string key) => IndexOf(key) >= 0;

    /// <summary>The value of a key, if it is there.</summary>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out TValue value)
    {
        var index = IndexOf(key);
        value = index < 0 ? default : _values[index];
        return index >= 0;
    }

    /// <summary>The value of a key, or the type's default.</summary>
    public TValue? GetValueOrDefault(string key) => TryGetValue(key, out var value) ? value : default;

    /// <summary>A map in which the key has this value; this one when it has it already.</summary>
    public ValueMap<TValue> With(string key, TValue value)
    {
        var index = IndexOf(key);
        if (index >= 0)
        {
            if (EqualityComparer<TValue>.Default.Equals(_values[index], value)) return this;
            var values = (TValue[])_values.Clone();
            values[index] = value;
            return new ValueMap<TValue>(_keys, values);
        }

        index = ~index;
        return new ValueMap<TValue>(
            [.. _keys.AsSpan(0, index), key, .. _keys.AsSpan(index)],
            [.. _values.AsSpan(0, index), value, .. _values.AsSpan(index)]);
    }

    /// <summary>A map with all these entries set.</summary>
    public ValueMap<TValue> WithAll(IEnumerable<KeyValuePair<string, TValue>> entries)
    {
        var all = new Dictionary<string, TValue>(this, StringComparer.Ordinal);
        foreach (var (key, value) in entries) all[key] = value;
        return Sorted(all);
    }

    /// <summary>A map without the key; this one when it was not there.</summary>
    public ValueMap<TValue> Without(string key)
    {
        var index = IndexOf(key);
        return index < 0 ? this : Wrap(
            [.. _keys.AsSpan(0, index), .. _keys.AsSpan(index + 1)],
            [.. _values.AsSpan(0, index), .. _values.AsSpan(index + 1)]);
    }

    /// <summary>Enumerates in ordinal order of the keys, without allocating.</summary>
    public Enumerator GetEnumerator() => new(this);

    IEnumerator<KeyValuePair<string, TValue>> IEnumerable<KeyValuePair<string, TValue>>.GetEnumerator()
    {
        for (var i = 0; i < _keys.Length; i++) yield return new(_keys[i], _values[i]);
    }

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<KeyValuePair<string, TValue>>)this).GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(ValueMap<TValue>? other) =>
        ReferenceEquals(this, other) || (other is not null
            && _keys.AsSpan().SequenceEqual(other._keys)
            && _values.AsSpan().SequenceEqual(other._values, EqualityComparer<TValue>.Default));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ValueMap<TValue>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        for (var i = 0; i < _keys.Length; i++)
        {
            hash.Add(_keys[i], StringComparer.Ordinal);
            hash.Add(_values[i]);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => "{" + string.Join(", ", this.Select(entry => $"{entry.Key}: {entry.Value}")) + "}";

    /// <summary>Value equality.</summary>
    public static bool operator ==(ValueMap<TValue>? left, ValueMap<TValue>? right) => Equals(left, right);

    /// <summary>Value inequality.</summary>
    public static bool operator !=(ValueMap<TValue>? left, ValueMap<TValue>? right) => !Equals(left, right);

    private int IndexOf(string key)
    {
        int low = 0, high = _keys.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = string.CompareOrdinal(_keys[middle], key);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return ~low;
    }

    /// <summary>Walks over the entries in ordinal order of the keys.</summary>
    public struct Enumerator
    {
        private readonly ValueMap<TValue> _map;
        private int _index;

        internal Enumerator(ValueMap<TValue> map)
        {
            _map = map;
            _index = -1;
        }

        /// <summary>The entry stood at.</summary>
        public readonly KeyValuePair<string, TValue> Current => new(_map._keys[_index], _map._values[_index]);

        /// <summary>Goes on; false at the end.</summary>
        public bool MoveNext() => ++_index < _map._keys.Length;
    }
}
