using ActorPlane.Tracing;
using Akka.Actor;
using Akka.Pattern;

namespace ActorPlane.Etcd;

/// <summary>
/// The actor <c>etcd</c>: a backoff supervisor over the child <c>store</c>. The store stops when a journal write fails,
/// as Akka.Persistence demands, and on any error of its own; the supervisor starts it again after a growing while, and
/// answers with <see cref="EtcdProtocol.ConnectionLost"/> until then. It passes everything else on to the store, so
/// <see cref="Faults.Crash"/> sent to it crashes the store.
/// </summary>
public static class EtcdSupervisor
{
    /// <summary>Name below <c>/user</c>.</summary>
    public const string Name = "etcd";

    /// <summary>Name of the child that holds the state.</summary>
    public const string StoreName = "store";

    public static Props PropsFor(EtcdSettings settings) => BackoffSupervisor.Props(
        Backoff.OnStop(
                EtcdStore.PropsFor(settings), StoreName, settings.BackoffMin, settings.BackoffMax, settings.BackoffRandomFactor, maxNrOfRetries: -1)
            .WithSupervisorStrategy(new OneForOneStrategy(static _ => Directive.Stop))
            .WithReplyWhileStopped(new EtcdProtocol.ConnectionLost(Cause.None)));
}
