#nullable disable
using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>A new child announces itself.</summary>
public sealed class Supervise : SystemMessage
{
    public Supervise(IActorRef child, bool async)
    {
        Child = child;
        Async = async;
    }

    public bool Async { get; }

    public IActorRef Child { get; }

    public override string ToString() => $"<Supervise>: {Child}{(Async ? " (async)" : "")}";
}
