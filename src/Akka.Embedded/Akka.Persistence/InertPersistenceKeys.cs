using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Persistence;

/// <summary>Finds keys below <c>akka.persistence</c> that mean nothing to this runtime, so that none is ignored silently.</summary>
internal static class InertPersistenceKeys
{
    public static void Warn(Settings settings, ILoggingAdapter log)
    {
        var own = settings.UserConfig.GetValue("akka.persistence");
        if (own is null || !own.IsObject())
        {
            return;
        }

        var inert = new List<string>();
        Collect("akka.persistence", own.GetObject(), Persistence.DefaultConfig(), inert);
        if (inert.Count > 0)
        {
            log.Warning("These configuration keys have no effect in this runtime: {0}", string.Join(", ", inert.Order(StringComparer.Ordinal)));
        }
    }

    private static void Collect(string path, Akka.Configuration.Hocon.HoconObject section, Config reference, List<string> inert)
    {
        foreach (var (key, value) in section.Items)
        {
            var full = $"{path}.{key}";
            if (value.IsObject() && IsPlugin(path, value.GetObject()))
            {
                continue;
            }

            if (value.IsObject() && reference.HasPath(full))
            {
                Collect(full, value.GetObject(), reference, inert);
            }
            else if (!reference.HasPath(full))
            {
                inert.Add(full);
            }
        }
    }

    /// <summary>The sections of plug-ins are theirs: a plug-in may read any key.</summary>
    private static bool IsPlugin(string path, Akka.Configuration.Hocon.HoconObject section) =>
        path is "akka.persistence.journal" or "akka.persistence.snapshot-store" || section.Items.ContainsKey("class");
}
