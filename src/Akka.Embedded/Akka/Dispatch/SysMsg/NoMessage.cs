#nullable disable
namespace Akka.Dispatch.SysMsg;

/// <summary>Marks the system queue of a mailbox that is closed.</summary>
public sealed class NoMessage : SystemMessage
{
    internal static readonly NoMessage Closed = new();

    public NoMessage()
    {
    }

    public override string ToString() => "NoMessage";
}
