using ActorPlane.Etcd;
using ActorPlane.Tracing;
using Akka.Actor;

namespace ActorPlane.Host.EtcdWire;

/// <summary>
/// The store's client on behalf of everyone on the wire: keeps a connection to it, and hands what comes back to the
/// <see cref="EtcdWireClient"/>.
/// </summary>
public sealed class EtcdWireActor : ReceiveActor, IWithTimers
{
    private readonly ActorSelection _etcd;
    private readonly EtcdWireClient _client;
    private readonly TimeSpan _retry;
    private bool _connected;

    /// <param name="etcd">The store's supervisor.</param>
    /// <param name="client">Who gets the replies.</param>
    /// <param name="retry">Time between attempts to connect.</param>
    public static Props PropsFor(ActorSelection etcd, EtcdWireClient client, TimeSpan retry) =>
        Props.Create(() => new EtcdWireActor(etcd, client, retry));

    public EtcdWireActor(ActorSelection etcd, EtcdWireClient client, TimeSpan retry)
    {
        _etcd = etcd;
        _client = client;
        _retry = retry;
        Receive<EtcdProtocol.Connected>(_ =>
        {
            _connected = true;
            Timers.Cancel(Reconnect.Instance);
            _client.Begin(Sender, Self);
        });
        Receive<EtcdProtocol.ConnectionLost>(_ =>
        {
            if (_connected) _client.Lose();
            _connected = false;
            KeepConnecting();
        });
        Receive<Reconnect>(_ => Connect());
        Receive<EtcdProtocol.WatchEvents>(told => _client.Deliver(told.WatchId, told));
        Receive<EtcdProtocol.WatchProgress>(progress => _client.Deliver(progress.WatchId, progress));
        Receive<EtcdProtocol.WatchCancelled>(cancelled => _client.Deliver(cancelled.WatchId, cancelled));
        Receive<EtcdProtocol.IReply>(_client.Deliver);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Connect();
        KeepConnecting();
    }

    protected override void PostStop() => _client.Lose();

    /// <summary>Again and again until it is answered: in the moment between the store's end and its supervisor noticing, nothing is.</summary>
    private void KeepConnecting() => Timers.StartPeriodicTimer(Reconnect.Instance, Reconnect.Instance, _retry);

    private void Connect() => _etcd.Tell(new EtcdProtocol.Connect(0, Cause.None), Self);

    private sealed record Reconnect
    {
        public static Reconnect Instance { get; } = new();
    }
}
