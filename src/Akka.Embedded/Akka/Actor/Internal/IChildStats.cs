#nullable disable
namespace Akka.Actor.Internal;

/// <summary>What a parent knows of one name among its children.</summary>
public interface IChildStats
{
}
