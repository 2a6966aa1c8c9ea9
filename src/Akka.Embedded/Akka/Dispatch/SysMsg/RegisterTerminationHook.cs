#nullable disable
namespace Akka.Dispatch.SysMsg;

/// <summary>The sender wants a <see cref="TerminationHook"/> before the system guardian stops.</summary>
public sealed class RegisterTerminationHook
{
    private RegisterTerminationHook()
    {
    }

    public static RegisterTerminationHook Instance { get; } = new();

    public override string ToString() => "<RegisterTerminationHook>";
}
