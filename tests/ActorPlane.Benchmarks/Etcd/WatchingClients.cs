using ActorPlane.Etcd;
using ActorPlane.Tracing;
using Akka.Actor;

namespace ActorPlane.Benchmarks.Etcd;

/// <summary>Many watches in one actor; counts the events that they are told.</summary>
internal sealed class WatchingClients : ReceiveActor
{
    public static Props PropsFor(IActorRef etcd, int watches, Func<int, EtcdKeyRange> keys, long events, TaskCompletionSource ready, TaskCompletionSource done) =>
        Props.Create(() => new WatchingClients(etcd, watches, keys, events, ready, done));

    public WatchingClients(IActorRef etcd, int watches, Func<int, EtcdKeyRange> keys, long events, TaskCompletionSource ready, TaskCompletionSource done)
    {
        var created = 0;
        long told = 0;
        Receive<EtcdProtocol.WatchCreated>(_ =>
        {
            if (++created == watches) ready.SetResult();
        });
        Receive<EtcdProtocol.WatchEvents>(batch =>
        {
            told += batch.Events.Count;
            Sender.Tell(new EtcdProtocol.WatchAck(batch.Cause, batch.WatchId, batch.Revision), Self);
            if (told == events) done.SetResult();
        });
        for (var i = 0; i < watches; i++) etcd.Tell(new EtcdProtocol.Watch(i, Cause.None, i + 1, keys(i)), Self);
    }
}
