#nullable disable
namespace Akka.Actor;

/// <summary>All descendants.</summary>
public class SelectChildRecursive : SelectionPathElement
{
    public static readonly SelectChildRecursive Instance = new();

    public SelectChildRecursive()
    {
    }

    public override bool Equals(object obj) => obj is SelectChildRecursive;

    public override int GetHashCode() => "**".Length;

    public override string ToString() => "**";
}
