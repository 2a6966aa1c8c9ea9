#nullable disable
namespace Akka.Actor.Internal;

/// <summary>The cell that this thread is inside of, for test kits.</summary>
public static class InternalCurrentActorCellKeeper
{
    public static ActorCell Current
    {
        get => InternalCurrent.Cell;
        set => InternalCurrent.Cell = value;
    }
}
