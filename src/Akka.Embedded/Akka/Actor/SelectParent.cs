#nullable disable
namespace Akka.Actor;

/// <summary>One step up.</summary>
public class SelectParent : SelectionPathElement
{
    public static readonly SelectParent Instance = new();

    public SelectParent()
    {
    }

    public override bool Equals(object obj) => obj is SelectParent;

    public override int GetHashCode() => "..".Length;

    public override string ToString() => "..";
}
