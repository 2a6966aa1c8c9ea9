namespace ActorPlane.Collections;

/// <summary>For dictionaries that hold what is under way: mostly little, now and then a burst.</summary>
internal static class DictionaryExtensions
{
    private const int SmallCapacity = 256;

    /// <summary>Removes a key; once nothing is left, the room that a burst needed is given back.</summary>
    public static bool RemoveAndShrink<TKey, TValue>(this Dictionary<TKey, TValue> dictionary, TKey key)
        where TKey : notnull
    {
        var isThere = dictionary.Remove(key);
        if (dictionary.Count == 0 && dictionary.Capacity > SmallCapacity) dictionary.TrimExcess();
        return isThere;
    }
}
