#nullable disable
namespace Akka.Actor.Internal;

/// <summary>A stash without limit.</summary>
public class UnboundedStashImpl : AbstractStash
{
    public UnboundedStashImpl(IActorContext context)
        : base(context)
    {
    }

    public override int Capacity => -1;
}
