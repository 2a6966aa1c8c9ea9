#nullable disable
namespace Akka.Actor.Internal;

/// <summary>A stash with the capacity that the props or the mailbox give.</summary>
public class BoundedStashImpl : AbstractStash
{
    public BoundedStashImpl(IActorContext context)
        : base(context)
    {
    }
}
