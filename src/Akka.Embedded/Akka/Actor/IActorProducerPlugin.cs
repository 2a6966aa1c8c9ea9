#nullable disable
namespace Akka.Actor;

/// <summary>Sees the instances of actors come and go, as a container that injects dependencies does.</summary>
public interface IActorProducerPlugin
{
    bool CanBeAppliedTo(Type actorType);

    /// <summary>A new instance is there; PreStart comes next.</summary>
    void AfterIncarnated(ActorBase actor, IActorContext context);

    /// <summary>An instance is done; it is released next.</summary>
    void BeforeIncarnated(ActorBase actor, IActorContext context);
}
