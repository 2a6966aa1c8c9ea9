#nullable disable
namespace Akka.Dispatch;

/// <summary>A deque with a capacity.</summary>
public interface IBoundedDequeBasedMessageQueueSemantics : IDequeBasedMessageQueueSemantics, IBoundedMessageQueueSemantics
{
}
