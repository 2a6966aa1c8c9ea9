using ActorPlane.Etcd;
using ActorPlane.Faults;
using ActorPlane.Settings;
using ActorPlane.Tracing;
using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace ActorPlane.Tests.Etcd;

public class EtcdStoreTests : Akka.TestKit.Xunit2.TestKit
{
    private static int _systems;

    private readonly IActorRef _etcd;
    private readonly GatedJournal.Gate _gate;
    private readonly TestProbe _client;
    private long _requestId;

    public EtcdStoreTests()
        : base(Config(), $"etcd-store-{Interlocked.Increment(ref _systems)}")
    {
        _gate = GatedJournal.GateOf(Sys.Name);
        _etcd = Sys.ActorOf(EtcdSupervisor.PropsFor(EtcdSettings.From(Sys.Settings.Config)), EtcdSupervisor.Name);
        _client = CreateTestProbe();
    }

    private static Config Config() => ConfigurationFactory.ParseString(
        """
        akka.loglevel = OFF
        akka.test.single-expect-default = 30s
        akka.persistence.journal.plugin = "test.gated-journal"
        akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
        test.gated-journal {
          class = "ActorPlane.Tests.Etcd.GatedJournal, ActorPlane.Tests"
          plugin-dispatcher = "akka.actor.default-dispatcher"
        }
        actorplane.etcd {
          write { max-pending-commands = 20, max-batch-commands = 8 }
          snapshot { every-changes = 10, growth = 0 }
          watch { window-events = 4, max-lag-revisions = 50 }
          compaction.revisions = 40
          lease.min-ttl = 1s
          backoff { min = 10ms, max = 20ms }
        }
        """).WithFallback(ClusterConfig.Reference);

    private long Send(Func<long, EtcdProtocol.ICommand> command)
    {
        _etcd.Tell(command(++_requestId), _client.Ref);
        return _requestId;
    }

    private long Execute(EtcdOp op, Cause cause = default) => Send(id => new EtcdProtocol.Execute(id, cause, op));

    private long Put(string key, string value = "x") => Execute(new EtcdOp.Put(key, EtcdValue.Of(value)));

    private EtcdProtocol.Executed Do(EtcdOp op)
    {
        var id = Execute(op);
        var executed = _client.ExpectMsg<EtcdProtocol.Executed>(TimeSpan.FromSeconds(10));
        Assert.Equal(id, executed.RequestId);
        return executed;
    }

    private string Get(string key) => EtcdText.Of(Do(new EtcdOp.Range((EtcdKey)key)).Result);

    private long Watch(EtcdKeyRange keys, long start = 0)
    {
        var id = Send(requestId => new EtcdProtocol.Watch(requestId, Cause.None, 77, keys, start, PrevKv: true));
        Assert.Equal(77, _client.ExpectMsg<EtcdProtocol.WatchCreated>(TimeSpan.FromSeconds(10)).WatchId);
        return id;
    }

    private void Connect()
    {
        // As clients do: again until it is answered.
        for (var attempt = 0; attempt < 500; attempt++)
        {
            var id = Send(static id => new EtcdProtocol.Connect(id, Cause.None));
            // Earlier attempts may be answered yet, but none after this one.
            while (_client.ReceiveOne(TimeSpan.FromMilliseconds(200)) is { } reply)
            {
                if (reply is EtcdProtocol.Connected connected && connected.RequestId == id) return;
            }
        }
        Assert.Fail("The store did not come back.");
    }

    [Fact]
    public void A_watcher_is_told_before_the_writer_gets_its_reply_and_with_the_writers_cause()
    {
        Watch(EtcdKeyRange.Prefix("/registry/"));
        Execute(new EtcdOp.Put("/registry/a", EtcdValue.Of("x")), new Cause(5));
        var told = _client.ExpectMsg<EtcdProtocol.WatchEvents>();
        Assert.Equal((77L, 2L, new Cause(5)), (told.WatchId, told.Revision, told.Events.Single().Cause));
        var executed = _client.ExpectMsg<EtcdProtocol.Executed>();
        Assert.Equal((2L, new Cause(5)), (executed.Revision, executed.Cause));
    }

    [Fact]
    public void Commands_that_come_while_a_write_is_under_way_gather_into_the_next_one()
    {
        Do(new EtcdOp.Put("warm", EtcdValue.Empty));
        var before = _gate.Arrived;
        _gate.Close();
        for (var i = 0; i < 8; i++) Put($"k{i}");
        _client.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        _gate.Open();
        for (var i = 0; i < 8; i++) Assert.Equal(i + 3, _client.ExpectMsg<EtcdProtocol.Executed>().Revision);
        Assert.Equal(2, _gate.Arrived - before);
    }

    [Fact]
    public void Commands_are_decided_on_what_is_in_flight_but_reads_see_only_what_is_durable()
    {
        Do(new EtcdOp.Put("a", EtcdValue.Of("first")));
        _gate.Close();
        Execute(EtcdOp.Txn.PutIfUnchanged("a", 2, EtcdValue.Of("second")));
        Execute(EtcdOp.Txn.PutIfUnchanged("a", 2, EtcdValue.Of("third")));
        Assert.Equal("1 all [a=first c2 m2 v1 l0]", Get("a"));
        _client.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        _gate.Open();
        Assert.Equal("txn True {put was -}", EtcdText.Of(_client.ExpectMsg<EtcdProtocol.Executed>().Result));
        Assert.Equal("txn False {1 all [a=second c2 m3 v2 l0]}", EtcdText.Of(_client.ExpectMsg<EtcdProtocol.Executed>().Result));
    }

    [Fact]
    public void Beyond_the_bound_commands_are_refused_until_writes_get_through()
    {
        Do(new EtcdOp.Put("warm", EtcdValue.Empty));
        _gate.Close();
        for (var i = 0; i < 20; i++) Put($"k{i}");
        var refused = Put("one-too-many");
        var failed = _client.ExpectMsg<EtcdProtocol.Failed>();
        Assert.Equal((refused, EtcdError.TooManyRequests), (failed.RequestId, failed.Error));
        _gate.Open();
        for (var i = 0; i < 20; i++) _client.ExpectMsg<EtcdProtocol.Executed>();
        Assert.Equal("0 all []", Get("one-too-many"));
        Assert.Equal(23, Do(new EtcdOp.Put("again", EtcdValue.Empty)).Revision);
    }

    [Fact]
    public void A_crash_loses_nothing_acknowledged_and_is_told_to_every_client()
    {
        Connect();
        Watch(EtcdKeyRange.All);
        for (var i = 0; i < 25; i++)
        {
            Put($"k{i}");
            _client.ExpectMsg<EtcdProtocol.WatchEvents>();
            _etcd.Tell(new EtcdProtocol.WatchAck(Cause.None, 77, i + 2), _client.Ref);
            _client.ExpectMsg<EtcdProtocol.Executed>();
        }
        _etcd.Tell(new Crash("etcd", Cause.None), TestActor);
        _client.ExpectMsg<EtcdProtocol.ConnectionLost>();
        Connect();
        Assert.Equal(25, ((EtcdResult.Range)Do(new EtcdOp.Range(EtcdKeyRange.All, CountOnly: true)).Result).Count);
        Assert.Equal(27, Do(new EtcdOp.Put("next", EtcdValue.Empty)).Revision);
        // A watch goes on where it was, over a snapshot and a truncated journal.
        Watch(EtcdKeyRange.All, start: 24);
        Assert.Equal([24L, 25L, 26L, 27L], _client.ExpectMsg<EtcdProtocol.WatchEvents>().Events.Select(change => change.Revision));
    }

    [Fact]
    public void A_failed_journal_write_stops_the_store_which_recovers_what_it_had_acknowledged()
    {
        Connect();
        Do(new EtcdOp.Put("kept", EtcdValue.Of("x")));
        _gate.Fail(new IOException("no space left on device"));
        Put("lost");
        _client.ExpectMsg<EtcdProtocol.ConnectionLost>(TimeSpan.FromSeconds(10));
        _gate.Fail(null);
        Connect();
        Assert.Equal("1 all [kept=x c2 m2 v1 l0]", Get("kept"));
        Assert.Equal("0 all []", Get("lost"));
        Assert.Equal(3, Do(new EtcdOp.Put("next", EtcdValue.Empty)).Revision);
    }

    [Fact]
    public void Whoever_waits_for_a_reply_is_told_that_none_will_come()
    {
        Do(new EtcdOp.Put("warm", EtcdValue.Empty));
        _gate.Close();
        Put("a");
        Put("b");
        _etcd.Tell(new Crash("etcd", Cause.None), TestActor);
        _client.ExpectMsg<EtcdProtocol.ConnectionLost>();
        _client.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        _gate.Open();
    }

    [Fact]
    public void A_watch_beyond_its_window_waits_for_its_client_and_then_catches_up()
    {
        Watch(EtcdKeyRange.All);
        for (var i = 0; i < 10; i++) Put($"k{i}");
        var told = new List<long>();
        var replies = 0;
        while (replies < 10)
        {
            var message = _client.ReceiveOne(TimeSpan.FromSeconds(10));
            if (message is EtcdProtocol.Executed) replies++;
            else told.AddRange(Assert.IsType<EtcdProtocol.WatchEvents>(message).Events.Select(change => change.Revision));
        }
        Assert.InRange(told.Count, 4, 9);
        while (told.Count < 10)
        {
            _etcd.Tell(new EtcdProtocol.WatchAck(Cause.None, 77, told[^1]), _client.Ref);
            told.AddRange(_client.ExpectMsg<EtcdProtocol.WatchEvents>().Events.Select(change => change.Revision));
        }
        Assert.Equal(Enumerable.Range(2, 10).Select(revision => (long)revision), told);
    }

    [Fact]
    public void A_watch_that_is_cancelled_gets_nothing_after_the_reply()
    {
        Watch(EtcdKeyRange.All);
        var id = Send(static requestId => new EtcdProtocol.CancelWatch(requestId, Cause.None, 77));
        Assert.True(_client.ExpectMsg<EtcdProtocol.WatchStopped>(stopped => stopped.RequestId == id).Existed);
        Do(new EtcdOp.Put("a", EtcdValue.Empty));
        _client.ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void History_is_compacted_by_count()
    {
        for (var i = 0; i < 100; i++) Do(new EtcdOp.Put("a", EtcdValue.Of($"{i}")));
        Send(static id => new EtcdProtocol.StoreStatus(id, Cause.None));
        var status = _client.ExpectMsg<EtcdProtocol.StoreStatusReported>();
        Assert.Equal(101, status.Revision);
        Assert.InRange(status.CompactRevision, 55, 61);
        Execute(new EtcdOp.Range((EtcdKey)"a", Revision: 10));
        Assert.Equal(EtcdError.Compacted, _client.ExpectMsg<EtcdProtocol.Failed>().Error);
    }

    [Fact]
    public void A_lease_can_be_granted_attached_kept_alive_looked_at_and_revoked()
    {
        Send(static id => new EtcdProtocol.LeaseGrant(id, Cause.None, 0, 600));
        var lease = _client.ExpectMsg<EtcdProtocol.LeaseGranted>();
        Do(new EtcdOp.Put("b", EtcdValue.Empty, lease.LeaseId));
        Do(new EtcdOp.Put("a", EtcdValue.Empty, lease.LeaseId));
        Send(id => new EtcdProtocol.LeaseKeepAlive(id, Cause.None, lease.LeaseId));
        Assert.Equal(600, _client.ExpectMsg<EtcdProtocol.LeaseKeptAlive>().TtlSeconds);
        Send(id => new EtcdProtocol.LeaseTimeToLive(id, Cause.None, lease.LeaseId, WithKeys: true));
        var state = _client.ExpectMsg<EtcdProtocol.LeaseState>();
        Assert.Equal(["a", "b"], state.Keys.Select(key => key.ToString()));
        Assert.InRange(state.TtlSeconds, 1, 600);
        Watch(EtcdKeyRange.All);
        Send(id => new EtcdProtocol.LeaseRevoke(id, Cause.None, lease.LeaseId));
        var told = _client.ExpectMsg<EtcdProtocol.WatchEvents>();
        Assert.Equal(["a", "b"], told.Events.Select(change => change.Key.ToString()));
        Assert.Equal(4, _client.ExpectMsg<EtcdProtocol.LeaseRevoked>().Revision);
        Send(id => new EtcdProtocol.LeaseTimeToLive(id, Cause.None, lease.LeaseId));
        Assert.Equal(-1, _client.ExpectMsg<EtcdProtocol.LeaseState>().TtlSeconds);
        Send(id => new EtcdProtocol.LeaseKeepAlive(id, Cause.None, lease.LeaseId));
        Assert.Equal(0, _client.ExpectMsg<EtcdProtocol.LeaseKeptAlive>().TtlSeconds);
    }

    [Fact]
    public void The_hash_is_the_same_before_and_after_a_crash()
    {
        for (var i = 0; i < 15; i++) Do(new EtcdOp.Put($"k{i % 4}", EtcdValue.Of($"{i}")));
        Send(static id => new EtcdProtocol.HashKv(id, Cause.None, 10));
        var before = _client.ExpectMsg<EtcdProtocol.KeySpaceHash>();
        _etcd.Tell(new Crash("etcd", Cause.None), TestActor);
        Connect();
        Send(static id => new EtcdProtocol.HashKv(id, Cause.None, 10));
        Assert.Equal(before.Hash, _client.ExpectMsg<EtcdProtocol.KeySpaceHash>().Hash);
    }
}
