using ActorPlane.Settings;
using Akka.Configuration;

namespace ActorPlane.ControllerManager;

/// <summary>What all controllers share, from the section <c>actorplane.controller-manager</c>.</summary>
/// <param name="ConcurrentPasses">So many keys of one controller are in hand at once.</param>
/// <param name="RetryBaseDelay">The delay after a first failure; doubles with each further one.</param>
/// <param name="RetryMaxDelay">No delay is longer.</param>
/// <param name="ExpectationsTimeout">An order that is not seen carried out for so long no longer counts.</param>
/// <param name="Controllers">Which controllers run.</param>
public sealed record ControllerSettings(
    int ConcurrentPasses, TimeSpan RetryBaseDelay, TimeSpan RetryMaxDelay, TimeSpan ExpectationsTimeout, ControllerSelection Controllers)
{
    /// <summary>Reads the section from a system's whole configuration.</summary>
    public static ControllerSettings Read(Config config)
    {
        var section = SettingsReader.For(config, "actorplane.controller-manager");
        return new ControllerSettings(
            section.Int32("concurrent-passes", 1),
            section.Duration("retry-base-delay"),
            section.Duration("retry-max-delay"),
            section.Duration("expectations-timeout"),
            ControllerSelection.Parse(section.Text("controllers")));
    }
}
