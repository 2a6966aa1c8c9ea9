#nullable disable
using Akka.Actor.Internal;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>What most cells never need: children, watches, stacked behaviours, timeouts, failures.</summary>
internal sealed class CellExtras
{
    /// <summary>Whom this actor watches, with the message for its end or null.</summary>
    public Dictionary<IActorRef, object> Watching;

    public HashSet<IActorRef> WatchedBy;

    /// <summary>Ends that are in the mailbox already, with their messages.</summary>
    public Dictionary<IActorRef, object> TerminatedQueued;

    /// <summary>The behaviours, where null stands for the actor's own Receive.</summary>
    public Stack<Receive> Behaviours;

    public TimeSpan? ReceiveTimeout;

    public ICancelable PendingReceiveTimeout;

    /// <summary>Who failed: this actor, or the child whose failure it escalates.</summary>
    public IActorRef Failed;

    public ActorTaskScheduler TaskScheduler;

    /// <summary>System messages that wait, the youngest first.</summary>
    public SystemMessage Stashed;
}
