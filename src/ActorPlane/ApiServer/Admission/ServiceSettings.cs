using ActorPlane.Nodes;
using ActorPlane.Settings;

namespace ActorPlane.ApiServer;

/// <summary>What services get their addresses and ports from.</summary>
/// <param name="Range">Cluster addresses; the first is that of the service <c>kubernetes</c>.</param>
/// <param name="FirstNodePort">The lowest port that is opened on every node.</param>
/// <param name="LastNodePort">The highest one.</param>
public sealed record ServiceSettings(Cidr Range, int FirstNodePort, int LastNodePort)
{
    /// <summary>Those of the real server.</summary>
    public static ServiceSettings Default { get; } = new(Cidr.TryParse("10.96.0.0/16", out var range) ? range : default, 30000, 32767);

    /// <summary>Reads them from the section <c>actorplane.apiserver</c>.</summary>
    public static ServiceSettings Read(SettingsReader section)
    {
        var text = section.Text("service-cluster-ip-range");
        if (!Cidr.TryParse(text, out var range) || range.PrefixLength is < 8 or > 28)
            throw new SettingsException("actorplane.apiserver.service-cluster-ip-range", $"is {text}, but must be an IPv4 range of a prefix length of 8 to 28");
        var first = section.Int32("service-node-port-first", 1, 65535);
        return new ServiceSettings(range, first, section.Int32("service-node-port-last", first, 65535));
    }
}
