#nullable disable
namespace Akka.Actor;

/// <summary>A stash on whatever mailbox the actor is given.</summary>
public interface IWithUnrestrictedStash : IActorStash
{
}
