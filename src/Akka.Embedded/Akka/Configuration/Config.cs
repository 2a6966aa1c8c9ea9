using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>
/// A configuration that does not change: keys and values, and fallbacks that answer for what is missing. Getters take dotted paths, in
/// which a quoted part keeps its dots, and return a default where the path leads nowhere.
/// </summary>
public class Config
{
    /// <summary>A configuration without keys.</summary>
    public static readonly Config Empty = ConfigurationFactory.Empty;

    /// <summary>A configuration without even a root: only for subclasses and comparisons.</summary>
    public Config() => Root = null!;

    /// <summary>A configuration from what a text was read into.</summary>
    public Config(HoconRoot root)
    {
        Root = root.Value ?? throw new ArgumentNullException(nameof(root), "The root has no value.");
        Substitutions = root.Substitutions;
    }

    /// <summary>A configuration with a fallback.</summary>
    public Config(Config source, Config fallback)
    {
        ArgumentNullException.ThrowIfNull(source);
        var joined = fallback == null || ReferenceEquals(source, fallback) ? source : source.WithFallback(fallback);
        Root = joined.Root;
        Fallback = joined.Fallback;
        Substitutions = source.Substitutions;
    }

    private Config(HoconValue root, Config? fallback, IEnumerable<HoconSubstitution> substitutions)
    {
        Root = root;
        Fallback = fallback!;
        Substitutions = substitutions;
    }

    /// <summary>What answers for missing paths, or <c>null</c>.</summary>
    public Config Fallback { get; private set; } = null!;

    /// <summary>Whether there is no key.</summary>
    public virtual bool IsEmpty => Root == null || Root.IsEmpty;

    /// <summary>The outermost value, with the keys of the fallbacks merged in.</summary>
    public virtual HoconValue Root { get; private set; }

    /// <summary>The references that were resolved when the text was read.</summary>
    public IEnumerable<HoconSubstitution> Substitutions { get; set; } = [];

    /// <summary>Reads the text as HOCON.</summary>
    public static implicit operator Config(string str) => ConfigurationFactory.ParseString(str);

    /// <summary>The configuration with the text as fallback.</summary>
    public static Config operator +(Config config, string fallback) => config.WithFallback(ConfigurationFactory.ParseString(fallback));

    /// <summary>The text with the configuration as fallback.</summary>
    public static Config operator +(string configHocon, Config fallbackConfig) => ConfigurationFactory.ParseString(configHocon).WithFallback(fallbackConfig);

    /// <summary>A copy, at the end of whose fallbacks stands another one.</summary>
    protected Config Copy(Config fallback = null!) => new(Root, Fallback != null ? Fallback.Copy(fallback) : fallback, Substitutions);

    /// <summary>This configuration, completed by another one wherever it says nothing. Neither is changed.</summary>
    /// <exception cref="ArgumentException">The fallback is this configuration.</exception>
    public virtual Config WithFallback(Config fallback)
    {
        if (ReferenceEquals(fallback, this))
            throw new ArgumentException("Config can not have itself as fallback", nameof(fallback));
        if (fallback.IsNullOrEmpty())
            return this;
        if (IsEmpty)
            return fallback;
        var merged = Copy(fallback);
        if (Root.GetObject() is { } own && fallback.Root.GetObject() is { } other)
            merged.Root = new HoconValue([HoconObject.MergedWith(own, other)], adoptedFromFallback: false);
        return merged;
    }

    /// <summary>Whether the path leads to a value.</summary>
    public virtual bool HasPath(string path) => Find(path) != null;

    /// <summary>The value at the path, or <c>null</c>.</summary>
    public HoconValue GetValue(string path) => Find(path)!;

    /// <summary>What stands below the path as a configuration of its own, or <c>null</c> if there is nothing.</summary>
    public virtual Config GetConfig(string path)
    {
        var value = Find(path);
        var below = Fallback?.GetConfig(path);
        return value == null ? below! : new Config(value, below, []);
    }

    /// <summary>The text at the path.</summary>
    public virtual string GetString(string path, string @default = null!) => Find(path) is { } value ? value.GetString() : @default;

    /// <summary>The boolean at the path (<c>on</c>, <c>true</c>, <c>yes</c> and their opposites).</summary>
    public virtual bool GetBoolean(string path, bool @default = false) => Find(path) is { } value ? value.GetBoolean() : @default;

    /// <summary>The whole number at the path.</summary>
    public virtual int GetInt(string path, int @default = 0) => Find(path) is { } value ? value.GetInt() : @default;

    /// <summary>The whole number at the path.</summary>
    public virtual long GetLong(string path, long @default = 0) => Find(path) is { } value ? value.GetLong() : @default;

    /// <summary>The number at the path.</summary>
    public virtual float GetFloat(string path, float @default = 0) => Find(path) is { } value ? value.GetFloat() : @default;

    /// <summary>The number at the path.</summary>
    public virtual double GetDouble(string path, double @default = 0) => Find(path) is { } value ? value.GetDouble() : @default;

    /// <summary>The number at the path.</summary>
    public virtual decimal GetDecimal(string path, decimal @default = 0) => Find(path) is { } value ? value.GetDecimal() : @default;

    /// <summary>The duration at the path, zero if there is neither a value nor a default.</summary>
    public virtual TimeSpan GetTimeSpan(string path, TimeSpan? @default = null, bool allowInfinite = true) =>
        Find(path) is { } value ? value.GetTimeSpan(allowInfinite) : @default.GetValueOrDefault();

    /// <summary>The number of bytes at the path.</summary>
    public virtual long? GetByteSize(string path) => GetByteSize(path, null);

    /// <summary>The number of bytes at the path.</summary>
    public virtual long? GetByteSize(string path, long? def = null) => Find(path) is { } value ? value.GetByteSize() : def;

    /// <summary>The booleans at the path; empty if there are none.</summary>
    public virtual IList<bool> GetBooleanList(string path) => Find(path)?.GetBooleanList() ?? [];

    /// <summary>The bytes at the path; empty if there are none.</summary>
    public virtual IList<byte> GetByteList(string path) => Find(path)?.GetByteList() ?? [];

    /// <summary>The whole numbers at the path; empty if there are none.</summary>
    public virtual IList<int> GetIntList(string path) => Find(path)?.GetIntList() ?? [];

    /// <summary>The whole numbers at the path; empty if there are none.</summary>
    public virtual IList<long> GetLongList(string path) => Find(path)?.GetLongList() ?? [];

    /// <summary>The numbers at the path; empty if there are none.</summary>
    public virtual IList<float> GetFloatList(string path) => Find(path)?.GetFloatList() ?? [];

    /// <summary>The numbers at the path; empty if there are none.</summary>
    public virtual IList<double> GetDoubleList(string path) => Find(path)?.GetDoubleList() ?? [];

    /// <summary>The numbers at the path; empty if there are none.</summary>
    public virtual IList<decimal> GetDecimalList(string path) => Find(path)?.GetDecimalList() ?? [];

    /// <summary>The texts at the path; empty if there are none.</summary>
    public virtual IList<string> GetStringList(string path) => Find(path)?.GetStringList() ?? [];

    /// <summary>The texts at the path; the given ones if there are none.</summary>
    public virtual IList<string> GetStringList(string path, string[] defaultPaths) => Find(path)?.GetStringList() ?? defaultPaths;

    /// <summary>The outermost keys and their values, those of the fallbacks last.</summary>
    public virtual IEnumerable<KeyValuePair<string, HoconValue>> AsEnumerable()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var layer = this; layer != null; layer = layer.Fallback)
        {
            foreach (var item in layer.Root?.GetObject()?.Items ?? [])
            {
                if (seen.Add(item.Key))
                    yield return item;
            }
        }
    }

    /// <summary>The configuration as HOCON text, without its fallbacks.</summary>
    public override string ToString() => Root == null ? "" : Root.ToString();

    /// <summary>The configuration as HOCON text, with or without its fallbacks.</summary>
    public string ToString(bool includeFallback) => Root == null ? "" : Root.Render(0, includeFallback);

    private HoconValue? Find(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        for (var layer = this; layer != null; layer = layer.Fallback)
        {
            if (layer.Root == null)
                throw new InvalidOperationException("Current node should not be null");
            if (layer.FindHere(path) is { } found)
                return found;
        }

        return null;
    }

    private HoconValue? FindHere(string path)
    {
        var at = Root;
        if (path.Contains('"'))
            return HoconResolver.Find(at, path);

        foreach (var part in path.AsSpan().Split('.'))
        {
            if (at.GetObject() is not { } fields || !fields.Items.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(path.AsSpan(part), out at!))
                return null;
        }

        return at;
    }
}
