#nullable disable
namespace Akka.Actor;

/// <summary>An <see cref="UntypedActor"/> with a stash without limit.</summary>
public abstract class UntypedActorWithUnboundedStash : UntypedActor, IWithUnboundedStash
{
    protected UntypedActorWithUnboundedStash()
    {
    }

    public IStash Stash { get; set; }
}
