using ActorPlane.Settings;
using Akka.Configuration;

namespace ActorPlane.ControllerManager.PodGarbage;

/// <summary>The section <c>actorplane.controller-manager.pod-gc</c>.</summary>
/// <param name="Period">How often it looks.</param>
/// <param name="TerminatedPods">So many finished pods are kept; 0 for all.</param>
/// <param name="NodeQuarantine">A node must be missing for so long before its pods go.</param>
public sealed record PodGcSettings(TimeSpan Period, int TerminatedPods, TimeSpan NodeQuarantine)
{
    /// <summary>Reads the section from a system's whole configuration.</summary>
    public static PodGcSettings Read(Config config)
    {
        var section = SettingsReader.For(config, "actorplane.controller-manager.pod-gc");
        return new PodGcSettings(section.Duration("period"), section.Int32("terminated-pod-threshold"), section.Duration("node-quarantine"));
    }
}
