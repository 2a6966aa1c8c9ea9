#nullable disable
namespace Akka.Dispatch.SysMsg;

/// <summary>Process no user messages until resumed.</summary>
public sealed class Suspend : SystemMessage
{
    public Suspend()
    {
    }

    internal override bool StashedWhileWaitingForChildren => true;

    public override string ToString() => "<Suspend>";
}
