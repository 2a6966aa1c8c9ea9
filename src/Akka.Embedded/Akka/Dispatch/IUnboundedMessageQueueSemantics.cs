#nullable disable
namespace Akka.Dispatch;

/// <summary>The queue is never full.</summary>
public interface IUnboundedMessageQueueSemantics : ISemantics
{
}
