#nullable disable
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>A handle that calls back at once, on whatever thread a message arrives.</summary>
internal sealed class PromiseActorRef(IActorRefProvider provider, Action<object> onMessage) : MinimalActorRef
{
    private readonly ActorPath _path = provider.TempPath();

    public override ActorPath Path => _path;

    public override IActorRefProvider Provider => provider;

    public override void SendSystemMessage(ISystemMessage message)
    {
        if (message is DeathWatchNotification death)
            onMessage(new Terminated(death.Actor, death.ExistenceConfirmed, death.AddressTerminated));
    }

    protected override void TellInternal(object message, IActorRef sender) => onMessage(message);
}
