#nullable disable
namespace Akka.Actor;

/// <summary>A message that does not restart the receive timeout.</summary>
public interface INotInfluenceReceiveTimeout
{
}
