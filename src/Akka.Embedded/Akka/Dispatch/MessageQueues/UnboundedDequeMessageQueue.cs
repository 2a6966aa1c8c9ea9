#nullable disable
namespace Akka.Dispatch.MessageQueues;

/// <summary>The queue of <see cref="UnboundedDequeBasedMailbox"/>.</summary>
public class UnboundedDequeMessageQueue : DequeWrapperMessageQueue, IUnboundedDequeBasedMessageQueueSemantics
{
    public UnboundedDequeMessageQueue()
        : base(new UnboundedMessageQueue())
    {
    }
}
