using System.Text.Json.Nodes;
using ActorPlane.Etcd;
using ActorPlane.Tracing;
using FsCheck.Fluent;
using Xunit.Abstractions;

namespace ActorPlane.Tests.Etcd;

public class EtcdDifferentialTests(ITestOutputHelper output)
{
    private const int Steps = 1200;

    [RealEtcdFact]
    public async Task The_store_answers_and_tells_its_watchers_what_the_real_etcd_does()
    {
        var seed = (ulong)Random.Shared.NextInt64();
        output.WriteLine($"seed {seed}");
        using var etcd = await RealEtcd.StartAsync();
        var store = new StoreUnderTest(new WatchLimits(int.MaxValue, long.MaxValue, int.MaxValue), (_, _) => { });
        var history = new List<string>();
        var steps = EtcdSteps.Step.Sample(Steps, new FsCheck.Rnd(seed), 100);
        foreach (var step in steps)
        {
            history.Add(step.ToString());
            try
            {
                await CompareAsync(step, store, etcd);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"seed {seed}, after {history.Count} steps, at {step}: {error.Message}", error);
            }
        }
        Assert.InRange(store.Writer.Revision, Steps / 10, Steps);
    }

    private static async Task CompareAsync(EtcdStep step, StoreUnderTest store, RealEtcd etcd)
    {
        var revision = store.Writer.Revision;
        switch (step)
        {
            case EtcdStep.Execute execute when MakesEtcdPanic(execute.Op):
                break;
            case EtcdStep.Execute execute:
                var op = EtcdSteps.Resolve(execute.Op, revision);
                var ours = store.Execute(op);
                var (theirs, theirRevision) = await etcd.ExecuteAsync(op);
                Assert.Equal(theirs, ours);
                if (theirRevision > 0) Assert.Equal(theirRevision, store.Writer.Revision);
                break;
            case EtcdStep.Grant grant:
                var granted = store.Do(store.Writer.GrantLease(grant.LeaseId, grant.TtlSeconds, Cause.None));
                Assert.Equal(await etcd.SendAsync("lease/grant", new JsonObject { ["TTL"] = "3600", ["ID"] = $"{grant.LeaseId}" }), granted);
                break;
            case EtcdStep.EndLease end:
                var ended = store.Do(store.Writer.EndLease(end.LeaseId, Cause.None));
                Assert.Equal(await etcd.SendAsync("lease/revoke", new JsonObject { ["ID"] = $"{end.LeaseId}" }), ended);
                break;
            case EtcdStep.Compact compact when revision - compact.Back > 0:
                var compacted = store.Do(store.Writer.Compact(revision - compact.Back, Cause.None));
                Assert.Equal(await etcd.SendAsync("kv/compaction", new JsonObject { ["revision"] = $"{revision - compact.Back}", ["physical"] = true }), compacted);
                break;
            case EtcdStep.Watch watch when !watch.Keys.IsVoid:
                await CompareWatchAsync(watch, store, etcd);
                break;
            case EtcdStep.Restart:
                store.Commit();
                store.Restart();
                break;
            case EtcdStep.Snapshot:
                store.Snapshot();
                break;
        }
    }

    /// <summary>A transaction that deletes without end and then keeps a deleted key's value stops etcd 3.4: "unexpected error during txn".</summary>
    private static bool MakesEtcdPanic(EtcdOp op)
    {
        static IEnumerable<EtcdOp> Flatten(EtcdOp op) => op is EtcdOp.Txn txn ? txn.Then.Concat(txn.Else).SelectMany(Flatten) : [op];
        var ops = Flatten(op).ToList();
        return ops.Any(inner => inner is EtcdOp.DeleteRange { Keys.IsUnbounded: true })
            && ops.Any(inner => inner is EtcdOp.Put { IgnoreValue: true } or EtcdOp.Put { IgnoreLease: true });
    }

    /// <summary>A watch of the past; etcd drops what was deleted at the very revision compacted to, so it begins one later.</summary>
    private static async Task CompareWatchAsync(EtcdStep.Watch watch, StoreUnderTest store, RealEtcd etcd)
    {
        store.Commit();
        var start = Math.Max(1, store.State.Revision - Math.Max(0, watch.Back));
        if (start == store.State.CompactRevision) start++;
        var command = new EtcdProtocol.Watch(1, Cause.None, 1, watch.Keys, start, watch.PrevKv, watch.NoPut, watch.NoDelete);
        var told = new List<string>();
        var compactRevision = 0L;
        var hub = new WatchHub<string>(new WatchLimits(int.MaxValue, long.MaxValue, int.MaxValue), (_, message) =>
        {
            if (message is EtcdProtocol.WatchEvents events) told.AddRange(events.Events.Select(EtcdText.Of));
            if (message is EtcdProtocol.WatchCancelled cancelled) compactRevision = cancelled.CompactRevision;
        });
        hub.Add("client", command, store.State);
        while (hub.HasWork) hub.CatchUp(store.State);
        var (theirs, theirCompactRevision) = await etcd.WatchAsync(command, compactRevision > 0 ? int.MaxValue : told.Count);
        Assert.Equal(theirCompactRevision, compactRevision);
        Assert.Equal(theirs, told);
    }
}
