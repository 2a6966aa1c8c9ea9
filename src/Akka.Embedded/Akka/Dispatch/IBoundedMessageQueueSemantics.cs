#nullable disable
namespace Akka.Dispatch;

/// <summary>The queue has a capacity.</summary>
public interface IBoundedMessageQueueSemantics : ISemantics
{
    /// <summary>How long a sender waits for room before the message goes to dead letters.</summary>
    TimeSpan PushTimeOut { get; }
}
