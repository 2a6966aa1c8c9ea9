#nullable disable
namespace Akka.Actor;

/// <summary>What a message can be sent to.</summary>
public interface ICanTell
{
    void Tell(object message, IActorRef sender);
}
