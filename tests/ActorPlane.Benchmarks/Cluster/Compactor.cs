using ActorPlane.Etcd;
using ActorPlane.Tracing;
using Akka.Actor;

namespace ActorPlane.Benchmarks.Cluster;

/// <summary>Has etcd compacted once, and says when it is done.</summary>
internal sealed class Compactor : ReceiveActor
{
    public Compactor(IActorRef etcd, long revision, TaskCompletionSource done)
    {
        Receive<EtcdProtocol.Connected>(_ => etcd.Tell(new EtcdProtocol.Compact(1, Cause.None, revision), Self));
        Receive<EtcdProtocol.Compacted>(_ => done.SetResult());
        Receive<EtcdProtocol.Failed>(failed => done.SetException(new InvalidOperationException(failed.Error.Message)));
        etcd.Tell(new EtcdProtocol.Connect(0, Cause.None), Self);
    }
}
