using System.Text.RegularExpressions;
using ActorPlane.Host.Live;
using ActorPlane.Settings;
using ActorPlane.Simulation;
using Akka.Configuration;
using Akka.Configuration.Hocon;
using Akka.Persistence;
using Akka.Persistence.Sql;

namespace ActorPlane.Host.Tests.Live;

/// <summary>
/// What our configurations say to Akka is what Akka reads: it takes no notice of a key that it does not know, and finds its plug-ins
/// by the names of types when it first needs them.
/// </summary>
public sealed partial class AkkaKeysTests
{
    /// <summary>Where the names of keys are the user's own.</summary>
    private static readonly string[] Open = ["akka.actor.serializers.", "akka.actor.serialization-bindings.", "akka.actor.serialization-identifiers."];

    public static TheoryData<string> Configurations { get; } = [.. Texts.Keys];

    private static Dictionary<string, Func<Config>> Texts => new(StringComparer.Ordinal)
    {
        ["hocon/actorplane.conf"] = () => ClusterConfig.Reference,
        ["hocon/simulation.conf"] = () => SimulationConfig.Reference,
        ["hocon/postgres.conf"] = () => ConfigurationFactory.ParseString(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "hocon", "postgres.conf"))),
        ["a live run"] = () => HostConfig.ForLive(Config.Empty, "etcd.db", 60),
        ["a live run in memory"] = () => HostConfig.ForLive(Config.Empty, null, 1),
    };

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Each_key_is_one_of_Akkas(string configuration)
    {
        var known = ConfigurationFactory.Default().WithFallback(Persistence.DefaultConfig()).WithFallback(SqlPersistence.DefaultConfiguration);

        Assert.Empty(LeavesOf(configuration).Select(leaf => leaf.Path)
            .Where(path => path.StartsWith("akka.", StringComparison.Ordinal) && !known.HasPath(path) && !Open.Any(section => path.StartsWith(section, StringComparison.Ordinal))));
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Each_type_that_is_named_is_there(string configuration) =>
        Assert.Empty(LeavesOf(configuration).SelectMany(leaf => (string[])[.. leaf.Texts, .. Quoted().Matches(leaf.Path).Select(match => match.Groups[1].Value)])
            .Where(text => TypeName().IsMatch(text) && Type.GetType(text) is null));

    private static IReadOnlyList<Leaf> LeavesOf(string configuration)
    {
        var leaves = new List<Leaf>();
        Collect("", Texts[configuration]().Root, leaves);
        Assert.NotEmpty(leaves);
        return leaves;
    }

    private static void Collect(string path, HoconValue value, List<Leaf> leaves)
    {
        if (!value.IsObject())
        {
            leaves.Add(new Leaf(path, value.IsArray() ? [.. value.GetStringList()] : [value.GetString()]));
            return;
        }

        foreach (var (key, item) in value.GetObject().Items.OrderBy(item => item.Key, StringComparer.Ordinal))
            Collect($"{path}{(path.Length == 0 ? "" : ".")}{(key.Contains('.') ? $"\"{key}\"" : key)}", item, leaves);
    }

    private sealed record Leaf(string Path, string[] Texts);

    [GeneratedRegex(@"^[\w.]+, ?[\w.]+$")]
    private static partial Regex TypeName();

    [GeneratedRegex("\"([^\"]*)\"")]
    private static partial Regex Quoted();
}
