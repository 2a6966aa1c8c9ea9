#nullable disable
namespace Akka.Dispatch.SysMsg;

/// <summary>Go on with user messages.</summary>
public sealed class Resume : SystemMessage
{
    public Resume(Exception causedByFailure) => CausedByFailure = causedByFailure;

    public Exception CausedByFailure { get; set; }

    internal override bool StashedWhileWaitingForChildren => true;

    public override string ToString() => $"<Resume>{(CausedByFailure is null ? "" : " CausedByFailure: " + CausedByFailure)}";
}
