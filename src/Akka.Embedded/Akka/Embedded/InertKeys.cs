#nullable disable
using Akka.Actor;
using Akka.Configuration;
using Akka.Configuration.Hocon;
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

    /// <summary>What a dispatcher or a mailbox understands, wherever it is defined.</summary>
    private static readonly string[] DispatcherKeys =
    [
        "type", "executor", "throughput", "throughput-deadline-time", "shutdown-timeout", "mailbox-type", "mailbox-requirement",
        "mailbox-capacity", "mailbox-push-timeout-time", "stash-capacity",
    ];

    /// <summary>Keys that say nothing new: Akka.NET's default is what happens here.</summary>
    private static readonly Dictionary<string, string[]> Defaults = new(StringComparer.Ordinal)
    {
        ["akka.home"] = [""],
        ["akka.daemonic"] = ["off", "false"],
        ["akka.suppress-json-serializer-warning"] = ["on", "true"],
        ["akka.actor.creation-timeout"] = ["20s"],
        ["akka.actor.serialize-messages"] = ["off", "false"],
        ["akka.actor.serialize-creators"] = ["off", "false"],
        ["akka.actor.unstarted-push-timeout"] = ["10s"],
        ["akka.actor.telemetry.enabled"] = ["off", "false"],
        ["akka.actor.debug.fsm"] = ["off", "false"],
        ["akka.actor.debug.router-misconfiguration"] = ["off", "false"],
        ["akka.actor.debug.log-timers"] = ["off", "false"],
        ["akka.scheduler.ticks-per-wheel"] = ["512"],
    };

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

    private static void Collect(string path, HoconObject section, Config reference, List<string> inert)
    {
        foreach (var (key, value) in section.Items)
        {
            var full = $"{path}.{(key.Contains('.') ? $"\"{key}\"" : key)}";
            if (Open.Contains(full, StringComparer.Ordinal))
                continue;
            if (value.IsObject())
                CollectSection(full, value.GetObject(), reference, inert);
            else if (!reference.HasPath(full) && !(Defaults.TryGetValue(full, out var same) && same.Contains(value.GetString(), StringComparer.Ordinal)))
                inert.Add(full);
        }
    }

    private static void CollectSection(string path, HoconObject section, Config reference, List<string> inert)
    {
        // The settings of a configurator or a mailbox type of the user's own are its own business.
        var type = section.Items.TryGetValue("type", out var own) ? own.GetString() : reference.GetString($"{path}.type", null);
        var isMailbox = section.Items.ContainsKey("mailbox-type");
        if (type is null && !isMailbox)
        {
            Collect(path, section, reference, inert);
            return;
        }

        if (isMailbox || type is not ("Dispatcher" or "TaskDispatcher" or "ForkJoinDispatcher"))
            return;
        inert.AddRange(section.Items
            .Where(item => !DispatcherKeys.Contains(item.Key, StringComparer.Ordinal) && !(item.Value.IsObject() && item.Value.GetObject().Items.Count == 0))
            .Select(item => $"{path}.{item.Key}"));
    }
}
