using ActorPlane.Settings;
using Akka.Configuration;

namespace ActorPlane.Scheduler;

/// <summary>The section <c>actorplane.scheduler</c>.</summary>
/// <param name="Enabled">Whether it runs; if not, someone else places the pods.</param>
/// <param name="Name">Pods with this <c>spec.schedulerName</c> are ours.</param>
/// <param name="MaxBindingsInFlight">So many bindings may be under way at once.</param>
/// <param name="Sampling">How many nodes are looked at.</param>
/// <param name="Queue">The waits of the queue.</param>
/// <param name="BackoffFlushPeriod">How often pods are looked for whose backoff is over.</param>
/// <param name="UnschedulableFlushPeriod">How often pods are looked for that have been unschedulable for too long.</param>
public sealed record SchedulerSettings(
    bool Enabled,
    string Name,
    int MaxBindingsInFlight,
    NodeSampling Sampling,
    SchedulingQueueSettings Queue,
    TimeSpan BackoffFlushPeriod,
    TimeSpan UnschedulableFlushPeriod)
{
    /// <summary>Reads the section from a system's whole configuration.</summary>
    public static SchedulerSettings Read(Config config)
    {
        var section = SettingsReader.For(config, "actorplane.scheduler");
        return new SchedulerSettings(
            section.Flag("enabled"),
            section.Text("name"),
            section.Int32("max-bindings-in-flight", 1),
            new NodeSampling(section.Int32("min-feasible-nodes", 1), section.Int32("min-feasible-percent", 1, 100)),
            SchedulingQueueSettings.Read(section),
            section.Duration("backoff-flush-period"),
            section.Duration("unschedulable-flush-period"));
    }
}
