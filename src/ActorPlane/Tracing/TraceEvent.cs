using Akka.Actor;

namespace ActorPlane.Tracing;

/// <summary>One message as its receiver takes it up.</summary>
/// <param name="Time">By the system's scheduler: virtual in a simulation.</param>
/// <param name="Sequence">1, 2, 3, ... within the system; the order of observation.</param>
/// <param name="Sender">Who sent it; <see cref="ActorRefs.NoSender"/> or dead letters when unknown.</param>
public readonly record struct TraceEvent(DateTimeOffset Time, long Sequence, IActorRef Sender, IActorRef Receiver, ITraced Message)
{
    /// <summary>The chain of messages that it belongs to.</summary>
    public Cause Cause => Message.Cause;
}
