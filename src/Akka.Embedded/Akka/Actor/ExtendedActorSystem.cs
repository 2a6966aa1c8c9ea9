#nullable disable
namespace Akka.Actor;

/// <summary>What extensions may ask of an actor system.</summary>
public abstract class ExtendedActorSystem : ActorSystem
{
    protected ExtendedActorSystem()
    {
    }

    public abstract ActorProducerPipelineResolver ActorPipelineResolver { get; }

    public abstract IActorRefProvider Provider { get; }

    public abstract IInternalActorRef Guardian { get; }

    public abstract IInternalActorRef LookupRoot { get; }

    public abstract IInternalActorRef SystemGuardian { get; }

    public abstract IActorRef SystemActorOf(Props props, string name = null);

    public abstract IActorRef SystemActorOf<TActor>(string name = null)
        where TActor : ActorBase, new();

    /// <summary>Stops without coordinated shutdown.</summary>
    public abstract void Abort();

    /// <summary>The tree of actors as text.</summary>
    public abstract string PrintTree();
}
