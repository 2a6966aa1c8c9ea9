#nullable disable
namespace Akka.Actor;

/// <summary>Something of which an actor system has one.</summary>
public interface IExtension
{
}
