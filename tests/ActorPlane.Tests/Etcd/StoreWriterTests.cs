using ActorPlane.Etcd;
using ActorPlane.Tracing;

namespace ActorPlane.Tests.Etcd;

public class StoreWriterTests
{
    private readonly StoreWriter _writer = new(StoreState.Empty, StoreUnderTest.Limits);

    private EtcdError? Refusal(EtcdOp op) => _writer.Execute(op, Cause.None).Error;

    private static EtcdOp.Put Put(EtcdKey key, string value = "x") => new(key, EtcdValue.Of(value));

    [Fact]
    public void A_key_keeps_its_create_revision_and_counts_its_versions_until_it_is_deleted()
    {
        _writer.Execute(Put("a"), Cause.None);
        _writer.Execute(Put("a", "y"), Cause.None);
        Assert.Equal("a=y c2 m3 v2 l0", EtcdText.Of(_writer.ToState().Tree.Find("a")));
        _writer.Execute(new EtcdOp.DeleteRange((EtcdKey)"a"), Cause.None);
        _writer.Execute(Put("a", "z"), Cause.None);
        Assert.Equal("a=z c5 m5 v1 l0", EtcdText.Of(_writer.ToState().Tree.Find("a")));
    }

    [Fact]
    public void What_changes_nothing_takes_no_revision_and_stores_nothing()
    {
        Assert.Null(_writer.Execute(new EtcdOp.DeleteRange(EtcdKeyRange.All), Cause.None).Event);
        Assert.Null(_writer.Execute(EtcdOp.Txn.PutIfUnchanged("a", 5, EtcdValue.Empty), Cause.None).Event);
        Assert.Equal(1, _writer.Revision);
    }

    [Fact]
    public void A_stale_update_fails_and_reads_what_it_lost_to()
    {
        _writer.Execute(Put("a", "first"), Cause.None);
        _writer.Execute(EtcdOp.Txn.PutIfUnchanged("a", 2, EtcdValue.Of("second")), Cause.None);
        var stale = _writer.Execute(EtcdOp.Txn.PutIfUnchanged("a", 2, EtcdValue.Of("third")), Cause.None);
        Assert.Equal("txn False {1 all [a=second c2 m3 v2 l0]}", EtcdText.Of(stale));
    }

    [Fact]
    public void Malformed_requests_are_refused_in_etcds_words()
    {
        Assert.Equal("InvalidArgument: etcdserver: key is not provided", Refusal(Put(""))?.ToString());
        Assert.Equal(EtcdError.EmptyKey, Refusal(new EtcdOp.Range(EtcdKeyRange.Single(""))));
        Assert.Equal(EtcdError.EmptyKey, Refusal(new EtcdOp.DeleteRange(EtcdKeyRange.Single(""))));
        Assert.Equal(EtcdError.EmptyKey, Refusal(new EtcdOp.Txn([EtcdCompare.IsAbsent("")], [], [])));
        Assert.Equal(EtcdError.ValueProvided, Refusal(new EtcdOp.Put("a", EtcdValue.Of("x"), IgnoreValue: true)));
        Assert.Equal(EtcdError.LeaseProvided, Refusal(new EtcdOp.Put("a", EtcdValue.Empty, LeaseId: 1, IgnoreLease: true)));
        Assert.Equal(EtcdError.KeyNotFound, Refusal(new EtcdOp.Put("a", EtcdValue.Empty, IgnoreValue: true)));
        Assert.Equal(EtcdError.LeaseNotFound, Refusal(new EtcdOp.Put("a", EtcdValue.Empty, LeaseId: 1)));
        Assert.Equal(EtcdError.DuplicateKey, Refusal(new EtcdOp.Txn([], [Put("a"), Put("a")], [])));
        Assert.Equal(EtcdError.DuplicateKey, Refusal(new EtcdOp.Txn([], [], [Put("ab"), new EtcdOp.DeleteRange(EtcdKeyRange.Prefix("a"))])));
        Assert.Equal(EtcdError.TooManyOps, Refusal(new EtcdOp.Txn([], [.. Enumerable.Range(0, 129).Select(i => Put($"k{i}"))], [])));
        Assert.Equal(EtcdError.FutureRevision, Refusal(new EtcdOp.Range(EtcdKeyRange.All, Revision: 9)));
    }

    [Fact]
    public void A_value_above_the_request_limit_is_refused_and_one_at_it_is_not()
    {
        var most = (int)StoreUnderTest.Limits.MaxRequestBytes;
        Assert.Equal(EtcdError.RequestTooLarge, Refusal(new EtcdOp.Put("a", EtcdValue.Wrap(new byte[most]))));
        Assert.Null(Refusal(new EtcdOp.Put("a", EtcdValue.Wrap(new byte[most - 1]))));
    }

    [Fact]
    public void The_end_of_a_lease_deletes_its_keys_in_one_revision()
    {
        _writer.GrantLease(5, 60, Cause.None);
        foreach (var key in new[] { "c", "a", "b" }) _writer.Execute(new EtcdOp.Put(key, EtcdValue.Empty, LeaseId: 5), Cause.None);
        _writer.Execute(Put("b"), Cause.None);
        var ended = Assert.IsType<EtcdEvent.LeaseEnded>(_writer.EndLease(5, Cause.None).Event);
        Assert.Equal(["a", "c"], ended.Changes.Select(change => change.Key.ToString()));
        Assert.All(ended.Changes, change => Assert.Equal(6, change.ModRevision));
        Assert.Equal("1 all [b=x c4 m5 v2 l0]", EtcdText.Of(_writer.ToState().Range(new EtcdOp.Range(EtcdKeyRange.All))));
        Assert.Equal(EtcdError.LeaseNotFound, _writer.EndLease(5, Cause.None).Error);
    }

    [Fact]
    public void Chosen_lease_ids_are_positive_free_and_the_same_in_every_run()
    {
        EtcdEvent.LeaseGranted Grant(StoreWriter writer) => (EtcdEvent.LeaseGranted)writer.GrantLease(0, 1, Cause.None).Event!;
        var other = new StoreWriter(StoreState.Empty, StoreUnderTest.Limits);
        var ids = Enumerable.Range(0, 100).Select(_ => Grant(_writer).LeaseId).ToList();
        Assert.Equal(ids, Enumerable.Range(0, 100).Select(_ => Grant(other).LeaseId));
        Assert.Equal(100, ids.Distinct().Count());
        Assert.All(ids, id => Assert.True(id > 0));
    }

    [Fact]
    public void A_lease_lives_at_least_the_least_time_and_at_most_etcds()
    {
        Assert.Equal(2, ((EtcdEvent.LeaseGranted)_writer.GrantLease(1, 1, Cause.None).Event!).TtlSeconds);
        Assert.Equal(EtcdError.LeaseTtlTooLarge, _writer.GrantLease(2, 9_000_000_001, Cause.None).Error);
        Assert.Equal(EtcdError.LeaseExists, _writer.GrantLease(1, 60, Cause.None).Error);
    }

    [Fact]
    public void A_state_that_was_taken_before_still_shows_what_it_showed()
    {
        _writer.Execute(Put("a", "old"), Cause.None);
        var before = _writer.ToState();
        var hash = before.Hash(0);
        for (var i = 0; i < 500; i++) _writer.Execute(Put($"k{i}"), Cause.None);
        _writer.Execute(Put("a", "new"), Cause.None);
        Assert.Equal("a=old c2 m2 v1 l0", EtcdText.Of(before.Tree.Find("a")));
        Assert.Equal(hash, before.Hash(0));
        Assert.Equal(hash, _writer.ToState().Hash(2));
        Assert.NotEqual(hash, _writer.ToState().Hash(0));
        Assert.Equal(1, before.History.Count);
    }

    [Fact]
    public void Compaction_lets_go_of_history_and_keeps_what_can_still_be_asked_for()
    {
        for (var i = 0; i < 1000; i++) _writer.Execute(Put("a", $"{i}"), Cause.None);
        Assert.Null(_writer.Compact(900, Cause.None).Error);
        _writer.TrimHistory();
        var state = _writer.ToState();
        Assert.InRange(state.History.Count, 101, 101 + 2 * StoreUnderTest.Limits.CheckpointChanges);
        Assert.Equal("1 all [a=898 c2 m900 v899 l0]", EtcdText.Of(state.Range(new EtcdOp.Range((EtcdKey)"a", Revision: 900))));
        Assert.Equal(EtcdError.Compacted, state.Range(new EtcdOp.Range((EtcdKey)"a", Revision: 899)).Error);
        Assert.Equal(EtcdError.Compacted, _writer.Compact(900, Cause.None).Error);
        Assert.Equal(EtcdError.FutureRevision, _writer.Compact(5000, Cause.None).Error);
    }
}
