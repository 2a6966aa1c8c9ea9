#nullable disable
namespace Akka.Dispatch;

/// <summary>A deque that is never full.</summary>
public interface IUnboundedDequeBasedMessageQueueSemantics : IDequeBasedMessageQueueSemantics, IUnboundedMessageQueueSemantics
{
}
