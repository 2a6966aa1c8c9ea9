using System.Text;

namespace ActorPlane.Api;

/// <summary>
/// A set of field paths of an object: what one manager owns. A step of a path is written as in FieldsV1: <c>f:name</c> for a field,
/// <c>k:{"name":"x"}</c> for a list element by key, <c>v:"x"</c> by value. Immutable.
/// Source: sigs.k8s.io/structured-merge-diff/fieldpath.
/// </summary>
public sealed class FieldSet : IEquatable<FieldSet>
{
    /// <summary>No path.</summary>
    public static readonly FieldSet Empty = new(new SortedList<string, Entry>(StringComparer.Ordinal));

    private readonly SortedList<string, Entry> _entries;
    private int _hash;

    private FieldSet(SortedList<string, Entry> entries) => _entries = entries;

    /// <summary>Whether there is no path.</summary>
    public bool IsEmpty => _entries.Count == 0;

    /// <summary>Reads the form of <c>managedFields[].fieldsV1</c>.</summary>
    public static FieldSet FromJson(JsonValue? fieldsV1)
    {
        if (fieldsV1 is null || fieldsV1.Members.Length == 0) return Empty;

        // A sorted list takes what comes in order at its end, as a server writes it; out of order each one would move all others.
        var members = fieldsV1.Members.ToArray();
        for (var i = 1; i < members.Length; i++)
        {
            if (string.CompareOrdinal(members[i - 1].Name, members[i].Name) <= 0) continue;
            members = [.. members.OrderBy(member => member.Name, StringComparer.Ordinal)];
            break;
        }

        var entries = new SortedList<string, Entry>(members.Length, StringComparer.Ordinal);
        foreach (var (step, value) in members)
        {
            if (step == ".") continue;
            entries[step] = new Entry(value.Members.Length == 0 || value["."] is not null, FromJson(value));
        }

        return Of(entries);
    }

    /// <summary>The set of some fields, each written as <c>metadata.labels</c>.</summary>
    public static FieldSet OfPaths(IEnumerable<string> paths)
    {
        var set = new Builder();
        foreach (var path in paths)
        {
            var (at, steps) = (set, path.Split('.'));
            foreach (var step in steps.AsSpan(0, steps.Length - 1)) at = at.At("f:" + step);
            at.Add("f:" + steps[^1]);
        }

        return set.Build();
    }

    /// <summary>The form of <c>managedFields[].fieldsV1</c>.</summary>
    public JsonValue ToJson()
    {
        var members = new JsonMember[_entries.Count];
        for (var i = 0; i < members.Length; i++)
        {
            var entry = _entries.Values[i];
            var value = entry.Below.ToJson();
            if (entry.Member && !entry.Below.IsEmpty) value = JsonValue.WrapObject([new JsonMember(".", JsonValue.EmptyObject), .. value.Members]);
            members[i] = new JsonMember(_entries.Keys[i], value);
        }

        return JsonValue.WrapObject(members);
    }

    /// <summary>Whether a path is in the set.</summary>
    public bool Has(params ReadOnlySpan<string> path)
    {
        if (path.IsEmpty || !_entries.TryGetValue(path[0], out var entry)) return false;
        return path.Length == 1 ? entry.Member : entry.Below.Has(path[1..]);
    }

    /// <summary>The paths below a step.</summary>
    public FieldSet Below(string step) => _entries.TryGetValue(step, out var entry) ? entry.Below : Empty;

    /// <summary>Whether a step, or something below it, is in the set.</summary>
    public bool Touches(string step) => _entries.ContainsKey(step);

    /// <summary>The paths that begin with a step.</summary>
    public FieldSet From(string step) =>
        _entries.TryGetValue(step, out var entry) ? new FieldSet(new SortedList<string, Entry>(1, StringComparer.Ordinal) { { step, entry } }) : Empty;

    /// <summary>The paths that do not begin with a step.</summary>
    public FieldSet Without(string step)
    {
        if (!_entries.ContainsKey(step)) return this;
        var entries = new SortedList<string, Entry>(_entries, StringComparer.Ordinal);
        entries.Remove(step);
        return Of(entries);
    }

    /// <summary>The paths of either set.</summary>
    public FieldSet Union(FieldSet other)
    {
        if (IsEmpty) return other;
        if (other.IsEmpty) return this;
        var entries = new SortedList<string, Entry>(_entries, StringComparer.Ordinal);
        foreach (var (step, entry) in other._entries)
        {
            entries[step] = entries.TryGetValue(step, out var own) ? new Entry(own.Member || entry.Member, own.Below.Union(entry.Below)) : entry;
        }

        return new FieldSet(entries);
    }

    /// <summary>The paths of both sets.</summary>
    public FieldSet Intersection(FieldSet other)
    {
        var entries = new SortedList<string, Entry>(StringComparer.Ordinal);
        foreach (var (step, entry) in _entries)
        {
            if (!other._entries.TryGetValue(step, out var there)) continue;
            var both = new Entry(entry.Member && there.Member, entry.Below.Intersection(there.Below));
            if (both.Member || !both.Below.IsEmpty) entries.Add(step, both);
        }

        return Of(entries);
    }

    /// <summary>The paths that the other set does not have.</summary>
    public FieldSet Except(FieldSet other)
    {
        if (other.IsEmpty) return this;
        var entries = new SortedList<string, Entry>(StringComparer.Ordinal);
        foreach (var (step, entry) in _entries)
        {
            var rest = other._entries.TryGetValue(step, out var there)
                ? new Entry(entry.Member && !there.Member, entry.Below.Except(there.Below)) : entry;
            if (rest.Member || !rest.Below.IsEmpty) entries.Add(step, rest);
        }

        return Of(entries);
    }

    /// <summary>The paths that neither are in the other set nor lie below one that is.</summary>
    public FieldSet ExceptBelow(FieldSet other)
    {
        if (other.IsEmpty) return this;
        var entries = new SortedList<string, Entry>(StringComparer.Ordinal);
        foreach (var (step, entry) in _entries)
        {
            if (!other._entries.TryGetValue(step, out var there))
            {
                entries.Add(step, entry);
                continue;
            }

            if (there.Member) continue;
            var rest = new Entry(entry.Member, entry.Below.ExceptBelow(there.Below));
            if (rest.Member || !rest.Below.IsEmpty) entries.Add(step, rest);
        }

        return Of(entries);
    }

    /// <summary>All paths as errors name them: <c>.spec.containers[name="a"].image</c>.</summary>
    public IEnumerable<string> Paths() => Paths("");

    /// <inheritdoc/>
    public bool Equals(FieldSet? other)
    {
        if (ReferenceEquals(this, other)) return true;
        if (other is null || other._entries.Count != _entries.Count) return false;
        for (var i = 0; i < _entries.Count; i++)
        {
            if (!string.Equals(_entries.Keys[i], other._entries.Keys[i], StringComparison.Ordinal)) return false;
            var (own, there) = (_entries.Values[i], other._entries.Values[i]);
            if (own.Member != there.Member || !own.Below.Equals(there.Below)) return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FieldSet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (_hash != 0 || _entries.Count == 0) return _hash;
        var hash = default(HashCode);
        foreach (var (step, entry) in _entries)
        {
            hash.Add(step, StringComparer.Ordinal);
            hash.Add(entry.Member);
            hash.Add(entry.Below.GetHashCode());
        }

        return _hash = hash.ToHashCode() | 1;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Paths());

    private IEnumerable<string> Paths(string before)
    {
        foreach (var (step, entry) in _entries)
        {
            var path = before + Text(step);
            if (entry.Member) yield return path;
            foreach (var below in entry.Below.Paths(path)) yield return below;
        }
    }

    private static string Text(string step)
    {
        var rest = step[2..];
        switch (step[0])
        {
            case 'f': return "." + rest;
            case 'v': return $"[={rest}]";
            case 'k':
                var text = new StringBuilder("[");
                foreach (var (name, value) in JsonValue.Parse(rest).Members) text.Append(text.Length > 1 ? "," : "").Append(name).Append('=').Append(value);
                return text.Append(']').ToString();
            default: return $"[{rest}]";
        }
    }

    private static FieldSet Of(SortedList<string, Entry> entries) => entries.Count == 0 ? Empty : new FieldSet(entries);

    private readonly record struct Entry(bool Member, FieldSet Below);

    /// <summary>Gathers paths.</summary>
    internal sealed class Builder
    {
        // Null as long as there are none: most paths end here.
        private Dictionary<string, (bool Member, Builder Below)>? _entries;

        public Builder At(string step)
        {
            _entries ??= new(StringComparer.Ordinal);
            if (_entries.TryGetValue(step, out var entry)) return entry.Below;
            var below = new Builder();
            _entries.Add(step, (false, below));
            return below;
        }

        public void Add(string step)
        {
            var below = At(step);
            _entries![step] = (true, below);
        }

        public FieldSet Build()
        {
            if (_entries is null) return Empty;

            var steps = new string[_entries.Count];
            _entries.Keys.CopyTo(steps, 0);
            Array.Sort(steps, StringComparer.Ordinal);
            var entries = new SortedList<string, Entry>(steps.Length, StringComparer.Ordinal);
            foreach (var step in steps)
            {
                var (member, below) = _entries[step];
                var set = below.Build();
                if (member || !set.IsEmpty) entries.Add(step, new Entry(member, set));
            }

            return Of(entries);
        }
    }
}
