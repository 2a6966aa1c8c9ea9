#nullable disable
namespace Akka.Actor;

/// <summary>One step of an <see cref="ActorSelection"/>.</summary>
public abstract class SelectionPathElement
{
    protected SelectionPathElement()
    {
    }
}
