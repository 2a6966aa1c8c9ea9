#nullable disable
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Embedded;

/// <summary>Finds configuration keys of Akka that mean nothing to this runtime, so that none is ignored silently.</summary>
internal static class InertKeys
{
    /// <summary>Sections whose keys the user invents, or that belong to other assemblies.</summary>
    private static readonly string[] Open =
    [
        "akka.actor.deployment", "akka.actor.serializers", "akka.actor.serialization-bindings", "akka.actor.serialization-identifiers",
        "akka.actor.serialization-settings", "akka.actor.mailbox.requirements", "akka.coordinated-shutdown.phases", "akka.persistence", "akka.test",
    ];

    public static void Warn(Settings settings, ILoggingAdapter log)
    {
        var akka = settings.UserConfig.GetValue("akka");
        if (akka is null || !akka.IsObject())
            return;
        var inert = new List<string>();
        Collect("akka", akka.GetObject(), ConfigurationFactory.Default(), inert);
        if (inert.Count > 0)
            log.Warning("These configuration keys have no effect in this runtime: {0}", string.Join(", ", inert.Order(StringComparer.Ordinal)));
    }

    private static void Collect(string path, Akka.Configuration.Hocon.HoconObject section, Config reference, List<string> inert)
    {
        foreach (var (key, value) in section.Items)
        {
            var full = $"{path}.{(key.Contains('.') ? $"\"{key}\"" : key)}";
            if (Open.Contains(full, StringComparer.Ordinal))
                continue;
            if (value.IsObject())
            {
                // Dispatchers and mailboxes may be defined anywhere.
                var named = value.GetObject().Items.Keys;
                if (reference.HasPath(full) || !(named.Contains("type") || named.Contains("executor") || named.Contains("mailbox-type")))
                    Collect(full, value.GetObject(), reference, inert);
            }
            else if (!reference.HasPath(full) && !IsDispatcherKey(path, key, reference))
            {
                inert.Add(full);
            }
        }
    }

    private static bool IsDispatcherKey(string path, string key, Config reference) =>
        key is "stash-capacity" or "mailbox-type" or "mailbox-requirement" or "mailbox-capacity" or "throughput" or "throughput-deadline-time" or "shutdown-timeout"
        && reference.HasPath($"{path}.type");
}
