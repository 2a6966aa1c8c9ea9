namespace ActorPlane.Api;

/// <summary>Makes value maps.</summary>
public static class ValueMap
{
    /// <summary>A map of these entries; of entries with one key the last one stays.</summary>
    public static ValueMap<TValue> Of<TValue>(params ReadOnlySpan<(string Key, TValue Value)> entries)
    {
        var map = ValueMap<TValue>.Empty;
        foreach (var (key, value) in entries) map = map.With(key, value);
        return map;
    }

    /// <summary>A map of a sequence's entries; of entries with one key the last one stays.</summary>
    public static ValueMap<TValue> ToValueMap<TValue>(this IEnumerable<KeyValuePair<string, TValue>> entries) => ValueMap<TValue>.From(entries);
}
