using ActorPlane.Etcd;
using ActorPlane.Tracing;

namespace ActorPlane.Tests.Etcd;

public class WatchHubTests
{
    private readonly List<(string Client, object Message)> _sent = [];

    private StoreUnderTest Store(WatchLimits limits) => new(limits, (client, message) => _sent.Add((client, message)));

    private static EtcdProtocol.Watch Watch(long id, EtcdKeyRange keys, long start = 0, bool progress = false) =>
        new(1, Cause.None, id, keys, start, ProgressNotify: progress);

    private static void Put(StoreUnderTest store, string key) => store.Execute(new EtcdOp.Put(key, EtcdValue.Of("x")));

    [Fact]
    public void One_batch_is_one_message_with_every_change_in_order()
    {
        var store = Store(new WatchLimits(100, 1000, 100));
        store.Hub.Add("c", Watch(7, EtcdKeyRange.Prefix("a")), store.State);
        Put(store, "a1");
        Put(store, "b");
        Put(store, "a2");
        store.Commit();
        var told = Assert.IsType<EtcdProtocol.WatchEvents>(Assert.Single(_sent).Message);
        Assert.Equal(7, told.WatchId);
        Assert.Equal(4, told.Revision);
        Assert.Equal([2L, 4L], told.Events.Select(change => change.Revision));
    }

    [Fact]
    public void A_watch_whose_window_is_full_gets_no_more_until_it_acknowledges_and_then_all_it_missed()
    {
        var store = Store(new WatchLimits(2, 1000, 100));
        store.Hub.Add("slow", Watch(1, EtcdKeyRange.All), store.State);
        for (var i = 0; i < 5; i++)
        {
            Put(store, $"k{i}");
            store.Commit();
        }
        Assert.Equal(2, _sent.Count);
        Assert.False(store.Hub.HasWork);
        store.Hub.Acknowledge("slow", 1, 3);
        Assert.True(store.Hub.HasWork);
        store.Hub.CatchUp(store.State);
        Assert.Equal([4L, 5L], ((EtcdProtocol.WatchEvents)_sent[2].Message).Events.Select(change => change.Revision));
        store.Hub.Acknowledge("slow", 1, 5);
        store.Hub.CatchUp(store.State);
        Assert.Equal([6L], ((EtcdProtocol.WatchEvents)_sent[3].Message).Events.Select(change => change.Revision));
        // In step again: the next change comes by itself.
        Put(store, "k6");
        store.Commit();
        Assert.Equal(7, ((EtcdProtocol.WatchEvents)_sent[4].Message).Revision);
    }

    [Fact]
    public void A_slow_watch_is_cut_off_and_told_while_the_others_go_on()
    {
        var store = Store(new WatchLimits(1, 3, 100));
        store.Hub.Add("slow", Watch(1, EtcdKeyRange.All), store.State);
        store.Hub.Add("quick", Watch(1, EtcdKeyRange.All), store.State);
        for (var i = 0; i < 10; i++)
        {
            Put(store, $"k{i}");
            store.Commit();
            store.Hub.Acknowledge("quick", 1, store.State.Revision);
        }
        var slow = _sent.Where(sent => sent.Client == "slow").Select(sent => sent.Message).ToList();
        Assert.Equal(2, slow.Count);
        Assert.Equal("etcdserver: watcher is too slow", Assert.IsType<EtcdProtocol.WatchCancelled>(slow[1]).Reason);
        Assert.Equal(10, _sent.Count(sent => sent.Client == "quick"));
        Assert.Equal(1, store.Hub.Count);
    }

    [Fact]
    public void A_lagging_watch_that_compaction_overtakes_is_told_the_compacted_revision()
    {
        var store = Store(new WatchLimits(1, 1000, 100));
        store.Hub.Add("slow", Watch(1, EtcdKeyRange.All), store.State);
        for (var i = 0; i < 10; i++) Put(store, $"k{i}");
        store.Commit();
        store.Do(store.Writer.Compact(9, Cause.None));
        store.Commit();
        var cancelled = Assert.IsType<EtcdProtocol.WatchCancelled>(_sent[^1].Message);
        Assert.Equal(9, cancelled.CompactRevision);
        Assert.Equal(0, store.Hub.Count);
    }

    [Fact]
    public void A_watch_from_a_compacted_revision_is_cancelled_at_once()
    {
        var store = Store(new WatchLimits(100, 1000, 100));
        for (var i = 0; i < 10; i++) Put(store, $"k{i}");
        store.Do(store.Writer.Compact(8, Cause.None));
        store.Commit();
        store.Hub.Add("late", Watch(1, EtcdKeyRange.All, start: 7), store.State);
        Assert.Equal(8, Assert.IsType<EtcdProtocol.WatchCancelled>(Assert.Single(_sent).Message).CompactRevision);
    }

    [Fact]
    public void One_revision_larger_than_the_window_still_comes_in_one_message()
    {
        var store = Store(new WatchLimits(2, 1000, 100));
        store.Hub.Add("c", Watch(1, EtcdKeyRange.All), store.State);
        store.Execute(new EtcdOp.Txn([], [.. Enumerable.Range(0, 9).Select(i => new EtcdOp.Put($"k{i}", EtcdValue.Empty))], []));
        store.Commit();
        Assert.Equal(9, Assert.IsType<EtcdProtocol.WatchEvents>(Assert.Single(_sent).Message).Events.Count);
    }

    [Fact]
    public void Only_idle_watches_that_asked_for_it_are_told_progress()
    {
        var store = Store(new WatchLimits(100, 1000, 100));
        store.Hub.Add("c", Watch(1, EtcdKeyRange.Prefix("a"), progress: true), store.State);
        store.Hub.Add("c", Watch(2, EtcdKeyRange.Prefix("b"), progress: true), store.State);
        store.Hub.Add("c", Watch(3, EtcdKeyRange.Prefix("b")), store.State);
        Put(store, "a");
        store.Commit();
        _sent.Clear();
        store.Hub.TellProgress(store.State);
        Assert.Equal([new EtcdProtocol.WatchProgress(Cause.None, 2, 2)], _sent.Select(sent => sent.Message));
    }

    [Fact]
    public void A_watch_continues_the_trace_of_the_write_behind_each_event()
    {
        var store = Store(new WatchLimits(100, 1000, 100));
        store.Hub.Add("c", Watch(1, EtcdKeyRange.All), store.State);
        store.Do(store.Writer.Execute(new EtcdOp.Put("a", EtcdValue.Empty), new Cause(11)));
        store.Do(store.Writer.Execute(new EtcdOp.Put("b", EtcdValue.Empty), new Cause(12)));
        store.Commit();
        var told = (EtcdProtocol.WatchEvents)_sent[0].Message;
        Assert.Equal([new Cause(11), new Cause(12)], told.Events.Select(change => change.Cause));
        Assert.Equal(new Cause(11), told.Cause);
    }
}
