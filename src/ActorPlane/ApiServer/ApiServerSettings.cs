using ActorPlane.Client;
using ActorPlane.Settings;
using Akka.Configuration;

namespace ActorPlane.ApiServer;

/// <summary>The section <c>actorplane.apiserver</c>.</summary>
/// <param name="WatchWindowEvents">So many changes of each resource at most are kept for watches that begin in the past.</param>
/// <param name="WatchWindowAge">Changes older than this are kept no longer, but for the last hundred of each resource.</param>
/// <param name="MaxWaitingRequests">So many requests wait while the server is not connected to etcd; more are refused.</param>
/// <param name="MaxWritesPerKey">So many writes of one object wait for each other; more are refused.</param>
/// <param name="MaxWritesInFlight">So many writes are under way to etcd or wait for another; more are refused.</param>
/// <param name="WriteAttempts">How often a write is planned anew after someone else changed its key in etcd.</param>
/// <param name="EtcdWatchWindowEvents"><c>actorplane.etcd.watch.window-events</c>: after so many events etcd waits for us.</param>
/// <param name="MaxTxnOps"><c>actorplane.etcd.max-txn-ops</c>: so many objects are stored at once at a first start.</param>
/// <param name="EtcdRetry">The waits before the server asks etcd for a connection again.</param>
/// <param name="EventTtl">How long Event objects are kept.</param>
/// <param name="EventLeaseReuse">Events of so long a time share one etcd lease.</param>
/// <param name="EventLeaseMaxObjects">At most so many Events share one etcd lease.</param>
/// <param name="MaxEvents">At most so many Event objects are kept: the oldest go first.</param>
/// <param name="DefaultTolerationSeconds">How long a pod stays on a node that is not ready or unreachable, unless it says otherwise.</param>
/// <param name="Plugins">The admission plugins that are on.</param>
/// <param name="Services">What services get their addresses and ports from.</param>
/// <param name="Advertised">Where the server says that it is found.</param>
public sealed record ApiServerSettings(
    int WatchWindowEvents, TimeSpan WatchWindowAge, int MaxWaitingRequests, int MaxWritesPerKey, int MaxWritesInFlight, int WriteAttempts, int EtcdWatchWindowEvents, int MaxTxnOps,
    BackoffSettings EtcdRetry, TimeSpan EventTtl, TimeSpan EventLeaseReuse, int EventLeaseMaxObjects, int MaxEvents, long DefaultTolerationSeconds,
    AdmissionPlugins Plugins, ServiceSettings Services, AdvertisedAddress Advertised)
{
    /// <summary>Reads the section from a system's whole configuration.</summary>
    public static ApiServerSettings Read(Config config)
    {
        var section = SettingsReader.For(config, "actorplane.apiserver");
        return new ApiServerSettings(
            section.Int32("watch-window-events", 1),
            section.Duration("watch-window-age"),
            section.Int32("max-waiting-requests", 0),
            section.Int32("max-writes-per-key", 1),
            section.Int32("max-writes-in-flight", 1),
            section.Int32("write-attempts", 1, 100),
            SettingsReader.For(config, "actorplane.etcd.watch").Int32("window-events", 1),
            SettingsReader.For(config, "actorplane.etcd").Int32("max-txn-ops", 1),
            BackoffSettings.Read(section.Section("etcd-retry")),
            section.Duration("event-ttl"),
            section.Duration("event-lease-reuse"),
            section.Int32("event-lease-max-objects", 1),
            section.Int32("max-events", 1),
            (long)section.Duration("default-toleration").TotalSeconds,
            AdmissionPlugins.Except(section.Text("disabled-admission-plugins").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
            ServiceSettings.Read(section),
            AdvertisedAddress.Read(section));
    }
}
