#nullable disable
namespace Akka.Actor;

/// <summary>An <see cref="UntypedActor"/> with a stash.</summary>
public abstract class UntypedActorWithStash : UntypedActor, IWithStash
{
    protected UntypedActorWithStash()
    {
    }

    public IStash Stash { get; set; }
}
