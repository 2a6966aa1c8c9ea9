using ActorPlane.Etcd;
using ActorPlane.Tracing;
using Akka.Actor;

namespace ActorPlane.Tests.Etcd;

/// <summary>Watches everything from the first revision, and after a lost connection goes on from the last one that it saw.</summary>
internal sealed class FollowingWatcher : ReceiveActor, IWithTimers
{
    private readonly IActorRef _etcd;
    private readonly Record _record;
    private long _watchId;

    /// <summary>What it was told.</summary>
    public sealed class Record
    {
        public readonly List<EtcdWatchEvent> Events = [];
        public long Next = 2;
    }

    public static Props PropsFor(IActorRef etcd, Record record) => Props.Create(() => new FollowingWatcher(etcd, record));

    public FollowingWatcher(IActorRef etcd, Record record)
    {
        (_etcd, _record) = (etcd, record);
        Receive<EtcdProtocol.Connected>(_ =>
        {
            if (!Timers.IsTimerActive("connect")) return;
            Timers.Cancel("connect");
            _watchId++;
            _etcd.Tell(new EtcdProtocol.Watch(_watchId, Cause.None, _watchId, EtcdKeyRange.All, _record.Next));
        });
        Receive<EtcdProtocol.ConnectionLost>(_ => Connect());
        Receive<EtcdProtocol.WatchCreated>(_ => { });
        Receive<EtcdProtocol.WatchEvents>(told =>
        {
            if (told.WatchId != _watchId) throw new InvalidOperationException("a watch of a lost connection goes on");
            _record.Events.AddRange(told.Events);
            _record.Next = told.Revision + 1;
            _etcd.Tell(new EtcdProtocol.WatchAck(Cause.None, told.WatchId, told.Revision));
        });
        Receive<string>(_ => _etcd.Tell(new EtcdProtocol.Connect(0, Cause.None)), static text => text == "connect");
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Connect();

    private void Connect() => Timers.StartPeriodicTimer("connect", "connect", TimeSpan.FromMilliseconds(30), TimeSpan.FromMilliseconds(100));
}
