#nullable disable
namespace Akka.Dispatch.SysMsg;

/// <summary>Replace the instance after a failure.</summary>
public sealed class Recreate : SystemMessage
{
    public Recreate(Exception cause) => Cause = cause;

    public Exception Cause { get; }

    internal override bool StashedWhileWaitingForChildren => true;

    public override string ToString() => $"<Recreate>{(Cause is null ? "" : " Cause: " + Cause)}";
}
