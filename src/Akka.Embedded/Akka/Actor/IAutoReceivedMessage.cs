#nullable disable
namespace Akka.Actor;

/// <summary>A message that the runtime handles on the actor's behalf.</summary>
public interface IAutoReceivedMessage
{
}
