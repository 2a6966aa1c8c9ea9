#nullable disable
namespace Akka.Actor;

/// <summary>Makes actors, as a dependency injection container does.</summary>
public interface IIndirectActorProducer
{
    Type ActorType { get; }

    ActorBase Produce();

    /// <summary>The runtime is done with that instance.</summary>
    void Release(ActorBase actor);
}
