using ActorPlane.Settings;
using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace ActorPlane.Scenarios;

/// <summary>Every key of <c>actorplane.*</c>: a wrong value is told before anything starts.</summary>
public sealed class SettingsTests
{
    // Any text will do for these.
    private static readonly string[] Texts = ["actorplane.apiserver.disabled-admission-plugins", "actorplane.kubelet.version", "actorplane.scheduler.name", "actorplane.tracing.otlp-endpoint"];

    // Read by the simulation itself, when the system is made.
    private static readonly string[] Foreign = ["actorplane.simulated-"];

    public static TheoryData<string> Keys() =>
        [.. Leaves(ClusterConfig.Reference.GetValue("actorplane"), "actorplane").Where(key => !Texts.Contains(key) && !Foreign.Any(key.StartsWith))];

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_value_of_the_wrong_type_is_refused_by_name(string key)
    {
        var config = ClusterConfig.Over(ConfigurationFactory.ParseString($"{key} = no-such-value"));

        var error = Assert.Throws<SettingsException>(() => ControlPlane.CheckSettings(config));

        Assert.Equal(key, error.Key);
    }

    [Fact]
    public void An_unknown_key_is_refused_by_name()
    {
        var error = Assert.Throws<SettingsException>(() => ClusterConfig.Over(ConfigurationFactory.ParseString("actorplane.kubelet.colour = red")));

        Assert.Equal("actorplane.kubelet.colour is not a setting", error.Message);
    }

    [Fact]
    public void The_defaults_are_all_good() => ControlPlane.CheckSettings(ClusterConfig.Over(Config.Empty));

    private static IEnumerable<string> Leaves(HoconValue value, string path) => value.IsObject()
        ? value.GetObject().Items.SelectMany(item => Leaves(item.Value, $"{path}.{item.Key}"))
        : [path];
}
