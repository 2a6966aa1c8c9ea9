namespace ActorPlane.Api.Cel;

/// <summary>A map, or an object with fields. Its keys have one order.</summary>
internal abstract class CelMap : CelValue
{
    public static readonly CelMap Empty = new Entries([], new Dictionary<CelValue, int>(CelEquality.Comparer), 0);

    public override CelType Type => CelType.AnyMap;

    public abstract int Count { get; }

    /// <summary>The keys, in order.</summary>
    public abstract CelValue KeyAt(int index);

    /// <summary>The value of a key; null when there is none. It may be an error.</summary>
    public abstract CelValue? Find(CelValue key);

    /// <summary>With one entry more; an error when the key is there already.</summary>
    public virtual CelValue Insert(CelValue key, CelValue value)
    {
        if (Find(key) is not null) return new Error($"insert failed: key {CelText.Show(key)} already exists");
        var entries = new List<(CelValue Key, CelValue Value)>(Count + 1);
        var index = new Dictionary<CelValue, int>(CelEquality.Comparer);
        for (var i = 0; i < Count; i++)
        {
            var own = KeyAt(i);
            index[own] = entries.Count;
            entries.Add((own, Find(own)!));
        }

        index[key] = entries.Count;
        entries.Add((key, value));
        return new Entries(entries, index, entries.Count);
    }

    /// <summary>The map of keys and values; an error when one is an error, cannot be a key, or is there twice.</summary>
    public static CelValue Of(CelValue[] keys, CelValue[] values)
    {
        var result = Empty;
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i] is Error) return keys[i];
            if (keys[i] is not (Text or Int or Uint or Bool)) return new Error($"unsupported key type: {keys[i].Type}");
            if (values[i] is Error) return values[i];
            if (result.Find(keys[i]) is not null) return new Error($"Failed with repeated key: {CelText.Show(keys[i])}");
            result = (CelMap)result.Insert(keys[i], values[i]);
        }

        return result;
    }

    /// <summary>Whether the other holds the same.</summary>
    public bool HasSame(CelMap other)
    {
        if (Count != other.Count) return false;
        for (var i = 0; i < Count; i++)
        {
            var key = KeyAt(i);
            if (other.Find(key) is not { } theirs || Find(key) is not { } own || !CelEquality.AreEqual(own, theirs)) return false;
        }

        return true;
    }

    /// <summary>A map in memory; as with lists, those that grow from one another share what they hold.</summary>
    private sealed class Entries(List<(CelValue Key, CelValue Value)> entries, Dictionary<CelValue, int> index, int count) : CelMap
    {
        public override int Count => count;

        public override CelValue KeyAt(int index1) => entries[index1].Key;

        public override CelValue? Find(CelValue key) => index.TryGetValue(key, out var at) && at < count ? entries[at].Value : null;

        public override CelValue Insert(CelValue key, CelValue value)
        {
            if (count == 0 || entries.Count != count || index.ContainsKey(key)) return base.Insert(key, value);
            index[key] = count;
            entries.Add((key, value));
            return new Entries(entries, index, entries.Count);
        }
    }
}
