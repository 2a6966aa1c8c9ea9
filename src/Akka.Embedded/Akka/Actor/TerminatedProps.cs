#nullable disable
namespace Akka.Actor;

/// <summary>The props of a stopped actor.</summary>
public class TerminatedProps : Props
{
    internal static readonly TerminatedProps Instance = new();

    public TerminatedProps()
    {
    }

    public override ActorBase NewActor() => throw new InvalidOperationException("This actor has been terminated");
}
