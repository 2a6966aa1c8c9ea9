#nullable disable
namespace Akka.Dispatch.SysMsg;

/// <summary>The user guardian has stopped: finish, then answer <see cref="TerminationHookDone"/>.</summary>
public sealed class TerminationHook
{
    private TerminationHook()
    {
    }

    public static TerminationHook Instance { get; } = new();

    public override string ToString() => "<TerminationHook>";
}
