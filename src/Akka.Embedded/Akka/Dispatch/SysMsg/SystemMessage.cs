#nullable disable
namespace Akka.Dispatch.SysMsg;

/// <summary>A system message is its own list node, so an instance is never sent twice.</summary>
public abstract class SystemMessage : ISystemMessage
{
    internal SystemMessage Next;

    protected SystemMessage()
    {
    }

    public bool Unlinked => Next is null;

    public void Unlink() => Next = null;

    /// <summary>Waits while the actor is suspended by a failure.</summary>
    internal virtual bool StashedWhileFailed => false;

    /// <summary>Waits while the actor waits for its children to stop.</summary>
    internal virtual bool StashedWhileWaitingForChildren => false;
}
