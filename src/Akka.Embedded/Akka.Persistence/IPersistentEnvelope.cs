using Akka.Actor;

namespace Akka.Persistence;

/// <summary>One entry of a write batch: events that are written atomically, or a message that only keeps its place among them.</summary>
public interface IPersistentEnvelope
{
    object Payload { get; }
    IActorRef Sender { get; }

    /// <summary>How many replies the entry gets.</summary>
    int Size { get; }
}

/// <summary>A message of <c>DeferAsync</c>: it travels through the journal, but is not written.</summary>
internal sealed class NonPersistentMessage(object payload, IActorRef sender) : IPersistentEnvelope
{
    public object Payload { get; } = payload;
    public IActorRef Sender { get; } = sender;
    public int Size => 1;
}
