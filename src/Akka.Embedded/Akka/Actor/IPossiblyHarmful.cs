#nullable disable
namespace Akka.Actor;

/// <summary>A message that should not be accepted from untrusted senders.</summary>
public interface IPossiblyHarmful
{
}
