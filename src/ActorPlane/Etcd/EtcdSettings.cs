using ActorPlane.Settings;
using Akka.Configuration;

namespace ActorPlane.Etcd;

/// <summary>What <c>actorplane.etcd</c> in <c>hocon/actorplane.conf</c> says; each key is documented there.</summary>
public sealed record EtcdSettings(
    StoreLimits Limits,
    WatchLimits Watch,
    TimeSpan WatchProgressInterval,
    int MaxPendingCommands,
    int MaxBatchCommands,
    long MaxBatchBytes,
    long SnapshotEveryChanges,
    double SnapshotGrowth,
    TimeSpan CompactionPeriod,
    long CompactionRevisions,
    TimeSpan BackoffMin,
    TimeSpan BackoffMax,
    double BackoffRandomFactor)
{
    /// <exception cref="SettingsException">A key is missing or out of its range; the message names it.</exception>
    public static EtcdSettings From(Config config)
    {
        var etcd = SettingsReader.For(config, "actorplane.etcd");
        var (write, watch, lease) = (etcd.Section("write"), etcd.Section("watch"), etcd.Section("lease"));
        var (compaction, snapshot, backoff) = (etcd.Section("compaction"), etcd.Section("snapshot"), etcd.Section("backoff"));
        return new EtcdSettings(
            new StoreLimits(
                etcd.Bytes("max-request-bytes"),
                etcd.Int32("max-txn-ops", 1),
                (long)Math.Ceiling(lease.Duration("min-ttl").TotalSeconds),
                etcd.Int32("checkpoint-changes", 1)),
            new WatchLimits(
                watch.Int32("window-events", 1),
                watch.Int64("max-lag-revisions", 1),
                watch.Int32("catch-up-events", 1)),
            watch.Duration("progress-interval"),
            write.Int32("max-pending-commands", 1),
            write.Int32("max-batch-commands", 1),
            write.Bytes("max-batch-bytes"),
            snapshot.Int64("every-changes", 1),
            snapshot.Number("growth", 0, 1),
            compaction.Duration("period"),
            compaction.Int64("revisions", 1),
            backoff.Duration("min"),
            backoff.Duration("max"),
            backoff.Number("random-factor", 0, 1));
    }
}
