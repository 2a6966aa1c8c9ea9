using ActorPlane.Etcd;
using ActorPlane.Tracing;
using Akka.Actor;

namespace ActorPlane.Tests.Etcd;

/// <summary>Writes without end, as a client should: guarded, one at a time, and connecting anew when the connection is lost.</summary>
internal sealed class HammeringClient : ReceiveActor, IWithTimers
{
    private readonly IActorRef _etcd;
    private readonly string _name;
    private readonly Record _record;
    private readonly Dictionary<string, long> _revisions = [];
    private int _writes;
    private long _requestId;

    /// <summary>What it was told.</summary>
    public sealed class Record
    {
        public readonly List<(string Key, string Value, long Revision)> Acknowledged = [];
        public bool Stop;
    }

    public static Props PropsFor(IActorRef etcd, string name, Record record) => Props.Create(() => new HammeringClient(etcd, name, record));

    public HammeringClient(IActorRef etcd, string name, Record record)
    {
        (_etcd, _name, _record) = (etcd, name, record);
        Receive<EtcdProtocol.Connected>(_ =>
        {
            if (!Timers.IsTimerActive("connect")) return;
            Timers.Cancel("connect");
            Write();
        });
        Receive<EtcdProtocol.ConnectionLost>(_ => Connect());
        Receive<EtcdProtocol.Executed>(executed =>
        {
            if (executed.RequestId != _requestId) return;
            var txn = (EtcdResult.Txn)executed.Result;
            var key = Key;
            if (txn.Succeeded)
            {
                _record.Acknowledged.Add((key, Value, executed.Revision));
                _revisions[key] = executed.Revision;
            }
            else
            {
                // Another client was quicker, or this one's own write before a lost connection.
                var found = ((EtcdResult.Range)txn.Results[0]).KeyValues;
                _revisions[key] = found.Count > 0 ? found[0].ModRevision : 0;
            }
            _writes++;
            Write();
        });
        Receive<EtcdProtocol.Failed>(failed => throw new InvalidOperationException(failed.Describe()));
        Receive<string>(_ => _etcd.Tell(new EtcdProtocol.Connect(0, Cause.None)), static text => text == "connect");
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private string Key => $"key-{_writes % 7}";

    private string Value => $"{_name} {_writes}";

    protected override void PreStart() => Connect();

    private void Connect() => Timers.StartPeriodicTimer("connect", "connect", TimeSpan.FromMilliseconds(30), TimeSpan.FromMilliseconds(100));

    private void Write()
    {
        if (_record.Stop) return;
        var put = new EtcdOp.Put(Key, EtcdValue.Of(Value));
        var txn = new EtcdOp.Txn(
            [EtcdCompare.ModRevisionIs(Key, _revisions.GetValueOrDefault(Key))], [put, put with { Key = $"mirror/{Key}" }], [new EtcdOp.Range((EtcdKey)Key)]);
        _etcd.Tell(new EtcdProtocol.Execute(++_requestId, Cause.None, txn));
    }
}
