#nullable disable
using Akka.Configuration;

namespace Akka.Actor;

/// <summary>A phase of the coordinated shutdown.</summary>
internal sealed record ShutdownPhase(string Name, IReadOnlyList<string> DependsOn, TimeSpan Timeout, bool Recover, bool Enabled)
{
    /// <summary>The phases of the configuration, each after those that it depends on.</summary>
    public static IReadOnlyList<ShutdownPhase> Read(Config config)
    {
        var defaultTimeout = config.GetTimeSpan("default-phase-timeout", null);
        var phases = new Dictionary<string, ShutdownPhase>(StringComparer.Ordinal);
        foreach (var pair in config.GetConfig("phases").AsEnumerable())
        {
            var section = config.GetConfig($"phases.\"{pair.Key}\"") ?? Config.Empty;
            phases[pair.Key] = new ShutdownPhase(
                pair.Key,
                [.. section.GetStringList("depends-on", [])],
                section.GetTimeSpan("timeout", defaultTimeout),
                section.GetBoolean("recover", true),
                section.GetBoolean("enabled", true));
        }

        return Sort(phases);
    }

    private static List<ShutdownPhase> Sort(Dictionary<string, ShutdownPhase> phases)
    {
        var sorted = new List<ShutdownPhase>();
        var done = new HashSet<string>(StringComparer.Ordinal);
        var path = new HashSet<string>(StringComparer.Ordinal);
        foreach (var phase in phases.Values)
            Visit(phase);
        return sorted;

        void Visit(ShutdownPhase phase)
        {
            if (done.Contains(phase.Name))
                return;
            if (!path.Add(phase.Name))
                throw new ArgumentException($"Cycle detected in graph of phases. It must be a DAG. phase [{phase.Name}] depends transitively on itself.");
            foreach (var name in phase.DependsOn)
            {
                // A phase that is only named, by another's dependency, has no settings and no tasks.
                if (phases.TryGetValue(name, out var dependency))
                    Visit(dependency);
            }

            path.Remove(phase.Name);
            done.Add(phase.Name);
            sorted.Add(phase);
        }
    }
}
