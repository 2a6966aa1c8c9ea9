using ActorPlane.Etcd;
using ActorPlane.Tracing;
using Akka.Actor;

namespace ActorPlane.Benchmarks.Etcd;

/// <summary>So many clients in one actor: each sends its next command when the last one was answered.</summary>
internal sealed class LoadClient : ReceiveActor
{
    public static Props PropsFor(IActorRef etcd, int clients, int commands, Func<int, EtcdOp> op, TaskCompletionSource done) =>
        Props.Create(() => new LoadClient(etcd, clients, commands, op, done));

    public LoadClient(IActorRef etcd, int clients, int commands, Func<int, EtcdOp> op, TaskCompletionSource done)
    {
        var sent = 0;
        var answered = 0;
        Receive<EtcdProtocol.Executed>(_ =>
        {
            answered++;
            if (sent < commands) Sender.Tell(new EtcdProtocol.Execute(sent, Cause.None, op(sent++)), Self);
            else if (answered == commands) done.SetResult();
        });
        Receive<EtcdProtocol.Connected>(_ =>
        {
            while (sent < Math.Min(clients, commands)) Sender.Tell(new EtcdProtocol.Execute(sent, Cause.None, op(sent++)), Self);
        });
        ReceiveAny(message => done.TrySetException(new InvalidOperationException($"unexpected {message}")));
        etcd.Tell(new EtcdProtocol.Connect(0, Cause.None), Self);
    }
}
