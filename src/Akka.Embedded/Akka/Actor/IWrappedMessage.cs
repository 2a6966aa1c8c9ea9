#nullable disable
namespace Akka.Actor;

/// <summary>A message around another message.</summary>
public interface IWrappedMessage
{
    object Message { get; }
}
