using ActorPlane.Etcd;
using ActorPlane.Tracing;
using FsCheck;
using FsCheck.Fluent;
using Xunit.Abstractions;

namespace ActorPlane.Tests.Etcd;

public class EtcdModelTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_reply_and_watch_event_of_a_random_history_is_the_plain_models()
    {
        // FsCheck prints the seed and the shortest failing history with the failure.
        Prop.ForAll(EtcdSteps.Histories(120), steps => Run(steps)).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Watches_with_a_small_window_miss_and_repeat_nothing(int window)
    {
        Prop.ForAll(EtcdSteps.Histories(120), steps => Run(steps, window)).Check(Config.QuickThrowOnFailure.WithMaxTest(100));
    }

    private void Run(EtcdStep[] steps, int window = 1000)
    {
        var model = new EtcdModel();
        var watches = new Dictionary<long, Observed>();
        StoreUnderTest store = null!;
        store = new StoreUnderTest(new WatchLimits(window, long.MaxValue, 5), (_, message) => Receive(message));
        long watchId = 0;

        void Receive(object message)
        {
            switch (message)
            {
                case EtcdProtocol.WatchEvents told:
                    var observed = watches[told.WatchId];
                    observed.Events.AddRange(told.Events.Select(EtcdText.Of));
                    Assert.All(told.Events, change => Assert.InRange(change.Revision, observed.Next, told.Revision));
                    Assert.True(told.Events.Zip(told.Events.Skip(1)).All(pair => pair.First.Revision <= pair.Second.Revision));
                    observed.Next = told.Revision + 1;
                    store.Hub.Acknowledge("client", told.WatchId, told.Revision);
                    break;
                case EtcdProtocol.WatchCancelled cancelled:
                    Assert.Equal(store.State.CompactRevision, cancelled.CompactRevision);
                    Assert.True(watches[cancelled.WatchId].Next < cancelled.CompactRevision);
                    watches.Remove(cancelled.WatchId);
                    break;
            }
        }

        void CheckWatches()
        {
            foreach (var observed in watches.Values)
            {
                var expected = model.Told(observed.Command, observed.Checked, store.State.Revision, observed.CompactRevision).ToList();
                if (!expected.SequenceEqual(observed.Events)) output.WriteLine(string.Join("\n", steps.Select(step => step.ToString())));
                Assert.Equal(expected, observed.Events);
                observed.Events.Clear();
                observed.Checked = Math.Max(observed.Checked, store.State.Revision + 1);
                observed.Next = Math.Max(observed.Next, observed.Checked);
                observed.CompactRevision = store.State.CompactRevision;
            }
        }

        void Commit()
        {
            // A compaction counts for a watch's previous values from the commit on that it is part of.
            foreach (var observed in watches.Values) observed.CompactRevision = store.Writer.CompactRevision;
            store.Commit();
            CheckWatches();
        }

        foreach (var step in steps)
        {
            switch (step)
            {
                case EtcdStep.Execute execute:
                    var op = EtcdSteps.Resolve(execute.Op, model.Revision);
                    Assert.Equal(model.Execute(op), store.Execute(op));
                    break;
                case EtcdStep.Grant grant:
                    Assert.Equal(model.Grant(grant.LeaseId, grant.TtlSeconds), store.Do(store.Writer.GrantLease(grant.LeaseId, grant.TtlSeconds, Cause.None)));
                    break;
                case EtcdStep.EndLease end:
                    Assert.Equal(model.EndLease(end.LeaseId), store.Do(store.Writer.EndLease(end.LeaseId, Cause.None)));
                    break;
                case EtcdStep.Compact compact:
                    var at = model.Revision - compact.Back;
                    Assert.Equal(model.Compact(at), store.Do(store.Writer.Compact(at, Cause.None)));
                    break;
                case EtcdStep.Watch watch:
                    Commit();
                    var start = Math.Max(0, model.Revision - watch.Back);
                    var command = new EtcdProtocol.Watch(1, Cause.None, ++watchId, watch.Keys, start, watch.PrevKv, watch.NoPut, watch.NoDelete);
                    Assert.Equal(watch.Keys.IsVoid ? EtcdError.EmptyWatcherRange : null, store.Hub.Check("client", command));
                    if (watch.Keys.IsVoid) break;
                    var first = start == 0 ? model.Revision + 1 : start;
                    watches.Add(watchId, new Observed(command, first) { CompactRevision = model.CompactRevision });
                    store.Hub.Add("client", command, store.State);
                    while (store.Hub.HasWork) store.Hub.CatchUp(store.State);
                    CheckWatches();
                    break;
                case EtcdStep.Commit:
                    Commit();
                    break;
                case EtcdStep.Snapshot:
                    Commit();
                    store.Snapshot();
                    break;
                case EtcdStep.Restart:
                    Commit();
                    var hash = store.State.Hash(0);
                    store.Restart();
                    Assert.Equal(hash, store.State.Hash(0));
                    // Every client goes on from where it was.
                    foreach (var (id, observed) in watches.ToList())
                    {
                        observed.Command = observed.Command with { StartRevision = observed.Next };
                        store.Hub.Add("client", observed.Command, store.State);
                        Assert.True(watches.ContainsKey(id));
                    }
                    while (store.Hub.HasWork) store.Hub.CatchUp(store.State);
                    CheckWatches();
                    break;
            }
            Assert.Equal(model.Revision, store.Writer.Revision);
            Assert.Equal(model.CompactRevision, store.Writer.CompactRevision);
        }
        Commit();
        Assert.Equal(model.Leases.Keys, store.State.Leases.Keys);
        foreach (var lease in store.State.Leases.Values)
            Assert.Equal(model.KeysOf(lease.Id).Select(keyValue => keyValue.Key), lease.Keys);
        Assert.Equal(store.State.DataBytes, store.Recover().DataBytes);
        for (var revision = Math.Max(1, model.CompactRevision); revision <= model.Revision; revision++)
        {
            var all = new EtcdOp.Range(EtcdKeyRange.All, revision);
            Assert.Equal(model.Execute(all), EtcdText.Of(store.State.Range(all)));
            Assert.Equal(store.State.Hash(revision), store.Recover().Hash(revision));
        }
    }

    private sealed class Observed(EtcdProtocol.Watch command, long next)
    {
        public EtcdProtocol.Watch Command = command;
        public long Next = next;
        public long Checked = next;
        public long CompactRevision;
        public readonly List<string> Events = [];
    }
}
