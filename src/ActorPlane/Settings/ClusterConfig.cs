using System.Reflection;
using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace ActorPlane.Settings;

/// <summary>
/// Puts a system's configuration together: what the user gave, over <c>hocon/actorplane.conf</c>, which names every key of
/// <c>actorplane.*</c> once with its default and travels inside this assembly.
/// </summary>
public static class ClusterConfig
{
    private const string Root = "actorplane";

    // Below these keys the user chooses the names.
    private static readonly string[] OpenSections = [];

    /// <summary>Every key with its default.</summary>
    public static Config Reference { get; } = ConfigurationFactory.ParseString(ReadResource("actorplane.conf"));

    /// <summary><paramref name="user"/> over the defaults. An <c>actorplane.*</c> key that the defaults do not name is a <see cref="SettingsException"/>.</summary>
    public static Config Over(Config user)
    {
        if (user.HasPath(Root))
        {
            foreach (var key in Leaves(user.GetValue(Root), Root))
            {
                if (!OpenSections.Any(section => key.StartsWith(section, StringComparison.Ordinal)) && !Reference.HasPath(key))
                    throw new SettingsException(key, "is not a setting");
            }
        }

        return user.WithFallback(Reference);
    }

    private static IEnumerable<string> Leaves(HoconValue value, string path)
    {
        if (!value.IsObject()) return [path];
        return value.GetObject().Items
            .OrderBy(item => item.Key, StringComparer.Ordinal)
            .SelectMany(item => Leaves(item.Value, $"{path}.{item.Key}"));
    }

    private static string ReadResource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
