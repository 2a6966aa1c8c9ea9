using ActorPlane.Etcd;
using ActorPlane.Settings;
using Akka.Configuration;

namespace ActorPlane.Tests.Etcd;

public class EtcdSettingsTests
{
    [Fact]
    public void The_defaults_are_etcds_where_etcd_has_one()
    {
        var settings = EtcdSettings.From(ClusterConfig.Reference);
        Assert.Equal(1572864, settings.Limits.MaxRequestBytes);
        Assert.Equal(128, settings.Limits.MaxTxnOps);
        Assert.Equal(2, settings.Limits.MinLeaseTtlSeconds);
        Assert.Equal(TimeSpan.FromMinutes(10), settings.WatchProgressInterval);
        Assert.Equal(TimeSpan.FromMinutes(5), settings.CompactionPeriod);
        Assert.Equal(TimeSpan.FromMilliseconds(200), settings.BackoffMin);
    }

    [Fact]
    public void A_missing_key_is_an_error_that_names_it()
    {
        var config = ConfigurationFactory.ParseString("actorplane.etcd { write {}, watch {}, lease {}, compaction {}, snapshot {}, backoff {}, max-request-bytes = 1MiB }");
        Assert.Equal("actorplane.etcd.max-txn-ops", Assert.Throws<SettingsException>(() => EtcdSettings.From(config)).Key);
    }

    [Theory]
    [InlineData("max-txn-ops = 0", "actorplane.etcd.max-txn-ops")]
    [InlineData("snapshot.growth = 1.5", "actorplane.etcd.snapshot.growth")]
    [InlineData("watch.window-events = many", "actorplane.etcd.watch.window-events")]
    public void A_value_that_cannot_be_is_an_error_that_names_its_key(string text, string key)
    {
        var config = ClusterConfig.Over(ConfigurationFactory.ParseString($"actorplane.etcd {{ {text} }}"));
        Assert.Equal(key, Assert.Throws<SettingsException>(() => EtcdSettings.From(config)).Key);
    }
}
