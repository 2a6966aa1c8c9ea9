#nullable disable
namespace Akka.Actor;

/// <summary>Tells whether an actor lives in this process.</summary>
public interface IActorRefScope
{
    bool IsLocal { get; }
}
