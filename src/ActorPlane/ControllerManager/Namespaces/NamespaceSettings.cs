using ActorPlane.Settings;
using Akka.Configuration;

namespace ActorPlane.ControllerManager.Namespaces;

/// <summary>The section <c>actorplane.controller-manager.namespace</c>.</summary>
/// <param name="DeletionGracePeriod">The wait between a namespace's deletion and that of its content, for writes that were under way.</param>
/// <param name="FinalizerEstimate">How long an object that someone else's finalizer holds is thought to stay.</param>
public sealed record NamespaceSettings(TimeSpan DeletionGracePeriod, TimeSpan FinalizerEstimate)
{
    /// <summary>Reads the section from a system's whole configuration.</summary>
    public static NamespaceSettings Read(Config config)
    {
        var section = SettingsReader.For(config, "actorplane.controller-manager.namespace");
        return new NamespaceSettings(section.Duration("deletion-grace-period"), section.Duration("finalizer-estimate"));
    }
}
