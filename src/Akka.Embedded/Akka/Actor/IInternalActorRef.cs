#nullable disable
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>What the runtime itself does with an actor's handle.</summary>
public interface IInternalActorRef : IActorRef, IActorRefScope
{
    IInternalActorRef Parent { get; }

    IActorRefProvider Provider { get; }

    [Obsolete("Use Context.Watch and Receive<Terminated> [1.1.0]")]
    bool IsTerminated { get; }

    /// <summary>Resolves a relative path of names; ".." is the parent, "" is this actor.</summary>
    IActorRef GetChild(IReadOnlyList<string> name);

    void Resume(Exception causedByFailure = null);

    void Start();

    void Stop();

    void Restart(Exception cause);

    void Suspend();

    [Obsolete("Use SendSystemMessage(message) [1.1.0]")]
    void SendSystemMessage(ISystemMessage message, IActorRef sender);

    void SendSystemMessage(ISystemMessage message);
}
