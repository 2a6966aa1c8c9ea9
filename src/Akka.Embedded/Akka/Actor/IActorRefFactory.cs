#nullable disable
namespace Akka.Actor;

/// <summary>Where actors are created and looked up: a system or a context.</summary>
public interface IActorRefFactory
{
    /// <summary>Creates a child; without a name it gets one that is unique among its siblings.</summary>
    IActorRef ActorOf(Props props, string name = null);

    ActorSelection ActorSelection(ActorPath actorPath);

    /// <summary>Relative paths start at this actor; "*" and "?" are wildcards within one name.</summary>
    ActorSelection ActorSelection(string actorPath);
}
