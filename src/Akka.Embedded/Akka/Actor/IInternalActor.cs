#nullable disable
namespace Akka.Actor;

/// <summary>Access to an actor's context from outside of it.</summary>
public interface IInternalActor
{
    IActorContext ActorContext { get; }
}
