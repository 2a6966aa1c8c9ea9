using ActorPlane.Settings;
using Akka.Configuration;

namespace ActorPlane.Network;

/// <summary>The section <c>actorplane.network</c>: the links between the nodes and the API server.</summary>
/// <param name="Initial">The quality of every new link.</param>
/// <param name="Retransmission">What becomes of lost messages.</param>
public sealed record NetworkSettings(LinkQuality Initial, RetransmissionSettings Retransmission)
{
    /// <summary>Reads the section from a system's whole configuration. Throws <see cref="SettingsException"/>.</summary>
    public static NetworkSettings Read(Config config)
    {
        var section = SettingsReader.For(config, "actorplane.network");
        var again = section.Section("retransmission");
        return new NetworkSettings(
            new LinkQuality(IsCut: false, section.Duration("latency"), section.Number("loss", 0, 1)),
            new RetransmissionSettings(again.Duration("initial"), again.Duration("max"), again.Int32("limit", 0, 1000)));
    }
}
