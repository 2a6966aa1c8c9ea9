#nullable disable
using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>A child failed and waits for its supervisor's decision.</summary>
public sealed class Failed : SystemMessage
{
    public Failed(IActorRef child, Exception cause, long uid)
    {
        Child = child;
        Cause = cause;
        Uid = uid;
    }

    public Exception Cause { get; }

    public IActorRef Child { get; }

    /// <summary>The child's incarnation, so that an old one's failure does not hit its successor.</summary>
    public long Uid { get; }

    internal override bool StashedWhileFailed => true;

    internal override bool StashedWhileWaitingForChildren => true;

    public override string ToString() => $"<Failed>: {Child} ({Uid}) {(Cause is null ? "" : ", Cause: " + Cause)}";
}
