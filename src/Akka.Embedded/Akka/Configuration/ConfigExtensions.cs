namespace Akka.Configuration;

/// <summary>What also works on a configuration that is <c>null</c>.</summary>
public static class ConfigExtensions
{
    /// <summary><see cref="Config.WithFallback" />, or the fallback alone if there is no configuration.</summary>
    public static Config SafeWithFallback(this Config config, Config fallback) =>
        config == null ? fallback : ReferenceEquals(config, fallback) ? config : config.WithFallback(fallback);

    /// <summary>Whether there is no configuration, or nothing in it.</summary>
    public static bool IsNullOrEmpty(this Config config) => config == null || config.IsEmpty;
}
