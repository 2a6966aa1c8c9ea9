using ActorPlane.Etcd;
using ActorPlane.Tracing;

namespace ActorPlane.Tests.Etcd;

/// <summary>The pure store with a journal of bytes behind it and watches in front: what the actor does, without the actor.</summary>
internal sealed class StoreUnderTest
{
    public static readonly StoreLimits Limits = new(MaxRequestBytes: 1536 * 1024, MaxTxnOps: 128, MinLeaseTtlSeconds: 2, CheckpointChanges: 7);

    private readonly WatchLimits _watchLimits;
    private readonly Action<string, object> _send;
    private readonly List<byte[]> _journal = [];
    private byte[]? _snapshot;
    private List<EtcdEvent> _gathered = [];

    public StoreUnderTest(WatchLimits watchLimits, Action<string, object> send)
    {
        _watchLimits = watchLimits;
        _send = send;
        Writer = new StoreWriter(StoreState.Empty, Limits);
        State = StoreState.Empty;
        Hub = new WatchHub<string>(watchLimits, send);
    }

    public StoreWriter Writer { get; private set; }

    public StoreState State { get; private set; }

    public WatchHub<string> Hub { get; private set; }

    public string Do(StoreDecision decision)
    {
        if (decision.Event is not null) _gathered.Add(decision.Event);
        return EtcdText.Of(decision);
    }

    public string Execute(EtcdOp op) => Do(Writer.Execute(op, Cause.None));

    public void Commit()
    {
        var before = State;
        if (_gathered.Count > 0) _journal.Add(EtcdEventCodec.Encode(new EtcdEventBatch(_gathered)));
        _gathered = [];
        State = Writer.ToState();
        Writer.TrimHistory();
        Hub.Publish(State, before.History.End);
        while (Hub.HasWork) Hub.CatchUp(State);
    }

    public void Snapshot()
    {
        Commit();
        _snapshot = EtcdEventCodec.Encode(State);
        _journal.Clear();
    }

    /// <summary>Everything in memory is lost; what is not durable yet, too.</summary>
    public void Restart()
    {
        State = Recover();
        Writer = new StoreWriter(State, Limits);
        Hub = new WatchHub<string>(_watchLimits, _send);
        _gathered = [];
    }

    public StoreState Recover()
    {
        var writer = new StoreWriter(_snapshot is null ? StoreState.Empty : EtcdEventCodec.DecodeSnapshot(_snapshot, Limits), Limits);
        foreach (var bytes in _journal)
        {
            foreach (var change in EtcdEventCodec.DecodeBatch(bytes).Events) writer.Apply(change);
            writer.TrimHistory();
        }
        return writer.ToState();
    }
}
