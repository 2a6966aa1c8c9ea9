using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Keys and their values, in the order in which the text gave them.</summary>
public class HoconObject : IHoconElement
{
    /// <summary>The values by key.</summary>
    public Dictionary<string, HoconValue> Items { get; } = new(StringComparer.Ordinal);

    /// <summary>The same as nested plain dictionaries: objects become dictionaries, everything else stays a <see cref="HoconValue" />.</summary>
    public IDictionary<string, object> Unwrapped =>
        Items.ToDictionary(item => item.Key, item => item.Value.GetObject() is { } child ? (object)child.Unwrapped : item.Value, StringComparer.Ordinal);

    /// <inheritdoc />
    public bool IsString() => false;

    /// <inheritdoc />
    /// <exception cref="NotSupportedException">Always: an object is not text.</exception>
    public string GetString() => throw new NotSupportedException("A HOCON object is not a string.");

    /// <inheritdoc />
    public bool IsArray() => false;

    /// <inheritdoc />
    /// <exception cref="NotSupportedException">Always: an object has no elements.</exception>
    public IList<HoconValue> GetArray() => throw new NotSupportedException("A HOCON object is not an array.");

    /// <summary>The value of a key, or <c>null</c> if there is none.</summary>
    public HoconValue GetKey(string key) => Items.GetValueOrDefault(key)!;

    /// <summary>The value of a key, which is made (empty) if there is none.</summary>
    public HoconValue GetOrCreateKey(string key)
    {
        if (!Items.TryGetValue(key, out var value))
            Items.Add(key, value = new HoconValue());
        return value;
    }

    /// <summary>Takes over what the other object has and this one lacks, key by key and level by level.</summary>
    public void Merge(HoconObject other)
    {
        foreach (var (key, theirs) in other.Items)
        {
            if (!Items.TryGetValue(key, out var ours))
                Items.Add(key, new HoconValue(theirs.Values));
            else if (ours.GetObject() is { } ourObject && theirs.GetObject() is { } theirObject)
                Items[key] = new HoconValue([MergedWith(ourObject, theirObject)], ours.AdoptedFromFallback);
        }
    }

    /// <inheritdoc />
    public override string ToString() => ToString(0);

    /// <summary>The object as HOCON text, each level indented by two spaces. What came from a fallback is left out.</summary>
    public string ToString(int indent) => Render(indent, includeFallback: false);

    internal string Render(int indent, bool includeFallback)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in Items)
        {
            if (value.AdoptedFromFallback && !includeFallback)
                continue;
            text.Append(' ', indent * 2).Append(HoconText.QuoteKey(key)).Append(" : ").Append(value.Render(indent, includeFallback)).Append("\r\n");
        }

        return text.ToString();
    }

    /// <summary>A new object with everything of the first, and of the second what the first lacks. Neither is changed.</summary>
    internal static HoconObject MergedWith(HoconObject first, HoconObject second)
    {
        var merged = new HoconObject();
        merged.Items.EnsureCapacity(first.Items.Count);
        foreach (var (key, value) in first.Items)
            merged.Items.Add(key, value);
        merged.Merge(second);
        return merged;
    }

    /// <summary>A new object in which the second overrides the first, as a later definition in the same text does.</summary>
    internal static HoconObject OverriddenBy(HoconObject first, HoconObject second)
    {
        var merged = new HoconObject();
        foreach (var (key, value) in first.Items)
            merged.Items.Add(key, value);
        foreach (var (key, theirs) in second.Items)
        {
            merged.Items[key] = merged.Items.TryGetValue(key, out var ours) && ours.GetObject() is { } ourObject && theirs.GetObject() is { } theirObject
                ? new HoconValue([OverriddenBy(ourObject, theirObject)], adoptedFromFallback: false)
                : theirs;
        }

        return merged;
    }
}
