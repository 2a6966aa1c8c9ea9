#nullable disable
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>A handle without an actor behind it: it swallows everything.</summary>
public abstract class MinimalActorRef : InternalActorRefBase
{
    protected MinimalActorRef()
    {
    }

    public override IInternalActorRef Parent => ActorRefs.Nobody;

#pragma warning disable CS0809 // As in Akka.NET, where the base is not marked.
    [Obsolete("Use Context.Watch and Receive<Terminated> [1.1.0]")]
    public override bool IsTerminated => false;
#pragma warning restore CS0809

    public override bool IsLocal => true;

    public override IActorRef GetChild(IReadOnlyList<string> name) =>
        name.All(string.IsNullOrEmpty) ? this : ActorRefs.Nobody;

    public override void Resume(Exception causedByFailure = null)
    {
    }

    public override void Start()
    {
    }

    public override void Stop() => OnStop();

    public override void Restart(Exception cause)
    {
    }

    public override void Suspend()
    {
    }

    public override void SendSystemMessage(ISystemMessage message) => OnSystemMessage(message);

    protected override void TellInternal(object message, IActorRef sender)
    {
    }

    internal virtual void OnStop()
    {
    }

    internal virtual void OnSystemMessage(ISystemMessage message)
    {
    }
}
