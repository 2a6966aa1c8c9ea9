#nullable disable
namespace Akka.Actor.Internal;

/// <summary>The name is taken, the child is being made.</summary>
public class ChildNameReserved : IChildStats
{
    private ChildNameReserved()
    {
    }

    public static ChildNameReserved Instance { get; } = new();

    public override string ToString() => "Name";
}
