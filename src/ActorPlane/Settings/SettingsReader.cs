using Akka.Configuration;

namespace ActorPlane.Settings;

/// <summary>
/// Reads one section of the configuration, key by key. A key that is missing or has the wrong type is a
/// <see cref="SettingsException"/> that names it in full: Akka's own getters answer 0 or null instead.
/// </summary>
public sealed class SettingsReader
{
    private readonly Config _section;
    private readonly string _path;

    private SettingsReader(Config section, string path) => (_section, _path) = (section, path);

    /// <summary>The section at <paramref name="path"/>, such as <c>actorplane.etcd</c>.</summary>
    public static SettingsReader For(Config root, string path) =>
        root.HasPath(path) ? new SettingsReader(root.GetConfig(path), path) : throw new SettingsException(path, "is missing");

    /// <summary>A section within this one.</summary>
    public SettingsReader Section(string key) =>
        _section.HasPath(key) ? new SettingsReader(_section.GetConfig(key), $"{_path}.{key}") : throw new SettingsException($"{_path}.{key}", "is missing");

    /// <summary>Any text.</summary>
    public string Text(string key) => Read(key, "a text", c => c.GetString(key));

    /// <summary>A whole number within the bounds, both inclusive.</summary>
    public int Int32(string key, int min = 0, int max = int.MaxValue) => (int)Int64(key, min, max);

    /// <summary>A whole number within the bounds, both inclusive.</summary>
    public long Int64(string key, long min = long.MinValue, long max = long.MaxValue)
    {
        var value = Read(key, "a whole number", c => long.Parse(c.GetString(key), System.Globalization.CultureInfo.InvariantCulture));
        return value >= min && value <= max ? value : throw new SettingsException($"{_path}.{key}", $"must be between {min} and {max}, not {value}");
    }

    /// <summary>A number within the bounds, both inclusive.</summary>
    public double Number(string key, double min, double max)
    {
        var value = Read(key, "a number", c => double.Parse(c.GetString(key), System.Globalization.CultureInfo.InvariantCulture));
        return value >= min && value <= max ? value : throw new SettingsException($"{_path}.{key}", $"must be between {min} and {max}, not {value}");
    }

    /// <summary>on, off, true or false.</summary>
    public bool Flag(string key) => Read(key, "on or off", c => c.GetString(key) switch
    {
        "on" or "true" or "yes" => true,
        "off" or "false" or "no" => false,
        _ => throw new FormatException(),
    });

    /// <summary>A duration with its unit, such as <c>40s</c>; not negative.</summary>
    public TimeSpan Duration(string key)
    {
        var value = Read(key, "a duration such as 40s", c => c.GetTimeSpan(key, null, allowInfinite: false));
        return value >= TimeSpan.Zero ? value : throw new SettingsException($"{_path}.{key}", "must not be negative");
    }

    /// <summary>A size with its unit, such as <c>3MiB</c>, in bytes.</summary>
    public long Bytes(string key) => Read(key, "a size such as 3MiB", c => c.GetByteSize(key) ?? throw new FormatException());

    /// <summary>A list of texts.</summary>
    public IReadOnlyList<string> Texts(string key) => Read(key, "a list of texts", c => c.GetStringList(key).ToArray());

    private T Read<T>(string key, string kind, Func<Config, T> read)
    {
        if (!_section.HasPath(key)) throw new SettingsException($"{_path}.{key}", "is missing");
        try
        {
            return read(_section);
        }
        catch (Exception e) when (e is not SettingsException)
        {
            throw new SettingsException($"{_path}.{key}", $"must be {kind}, not \"{_section.GetString(key)}\"");
        }
    }
}
