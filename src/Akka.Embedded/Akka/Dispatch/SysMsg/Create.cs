#nullable disable
using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>The first message of every actor: make the instance.</summary>
public sealed class Create : SystemMessage
{
    public Create(ActorInitializationException failure = null) => Failure = failure;

    /// <summary>Why the actor cannot be made, if that is known already.</summary>
    public ActorInitializationException Failure { get; }

    public override bool Equals(object obj) => obj is Create other && Equals(Failure, other.Failure);

    public override int GetHashCode() => Failure?.GetHashCode() ?? 0;

    public override string ToString() => $"<Create>{(Failure is null ? "" : " Failure: " + Failure)}";
}
