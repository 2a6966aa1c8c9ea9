#nullable disable
namespace Akka.Actor;

/// <summary>A handle with an actor behind it.</summary>
public abstract class ActorRefWithCell : InternalActorRefBase
{
    protected ActorRefWithCell()
    {
    }

    public abstract ICell Underlying { get; }

    public abstract IEnumerable<IActorRef> Children { get; }

    public abstract IInternalActorRef GetSingleChild(string name);
}
