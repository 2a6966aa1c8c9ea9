#nullable disable
namespace Akka.Actor;

/// <summary>The cell that this thread is inside of.</summary>
internal static class InternalCurrent
{
    [ThreadStatic]
    internal static ActorCell Cell;
}
