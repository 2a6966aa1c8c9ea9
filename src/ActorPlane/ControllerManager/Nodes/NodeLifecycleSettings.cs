using ActorPlane.Settings;
using Akka.Configuration;

namespace ActorPlane.ControllerManager.Nodes;

/// <summary>The section <c>actorplane.controller-manager.node-lifecycle</c>.</summary>
/// <param name="MonitorPeriod">How often all nodes are looked at.</param>
/// <param name="MonitorGracePeriod">A node not heard of for so long is Unknown.</param>
/// <param name="StartupGracePeriod">The same for a node that was never heard of.</param>
/// <param name="EvictionRate">Nodes a second that are tainted NoExecute in a zone.</param>
/// <param name="SecondaryEvictionRate">The same in a large zone of which too much is not ready.</param>
/// <param name="LargeZoneNodes">A zone with more nodes than this is large; in a smaller one evictions stop instead.</param>
/// <param name="UnhealthyZoneShare">So much of a zone must be not ready for it to count as disrupted, 0 to 1.</param>
public sealed record NodeLifecycleSettings(
    TimeSpan MonitorPeriod,
    TimeSpan MonitorGracePeriod,
    TimeSpan StartupGracePeriod,
    double EvictionRate,
    double SecondaryEvictionRate,
    int LargeZoneNodes,
    double UnhealthyZoneShare)
{
    /// <summary>Reads the section from a system's whole configuration.</summary>
    public static NodeLifecycleSettings Read(Config config)
    {
        var section = SettingsReader.For(config, "actorplane.controller-manager.node-lifecycle");
        return new NodeLifecycleSettings(
            section.Duration("node-monitor-period"),
            section.Duration("node-monitor-grace-period"),
            section.Duration("node-startup-grace-period"),
            section.Number("node-eviction-rate", 0, 1_000_000),
            section.Number("secondary-node-eviction-rate", 0, 1_000_000),
            section.Int32("large-cluster-size-threshold"),
            section.Number("unhealthy-zone-threshold", 0, 1));
    }
}
