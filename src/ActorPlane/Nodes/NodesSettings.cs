using ActorPlane.Settings;
using Akka.Configuration;

namespace ActorPlane.Nodes;

/// <summary>The section <c>actorplane.nodes</c>: what machines there are, and where they and their pods get their addresses.</summary>
/// <param name="Addresses">The range of the nodes' own addresses.</param>
/// <param name="PodAddresses">The range that is cut into one part for each node.</param>
/// <param name="PodPrefixLength">The prefix length of one node's part; it must hold the node's pods.</param>
/// <param name="DefaultCapacity">What a machine has when nobody says otherwise.</param>
public sealed record NodesSettings(Cidr Addresses, Cidr PodAddresses, int PodPrefixLength, NodeCapacity DefaultCapacity)
{
    /// <summary>So many nodes have addresses.</summary>
    // The first and the last address of a range are none.
    public int MaxNodes => Math.Min(PodAddresses.CountOf(PodPrefixLength), Addresses.CountOf(32) - 2);

    /// <summary>Reads the section from a system's whole configuration. Throws <see cref="SettingsException"/>.</summary>
    public static NodesSettings Read(Config config)
    {
        var section = SettingsReader.For(config, "actorplane.nodes");
        return new NodesSettings(
            Range(section, "addresses"),
            Range(section, "pod-addresses"),
            section.Int32("pod-prefix-length", 16, 29),
            NodeCapacity.Read(section.Section("default-capacity"), "actorplane.nodes.default-capacity"));
    }

    private static Cidr Range(SettingsReader section, string key) =>
        Cidr.TryParse(section.Text(key), out var range)
            ? range
            : throw new SettingsException($"actorplane.nodes.{key}", $"must be a range such as 10.0.0.0/8, not \"{section.Text(key)}\"");
}
