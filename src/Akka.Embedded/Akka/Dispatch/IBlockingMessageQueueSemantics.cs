#nullable disable
namespace Akka.Dispatch;

/// <summary>The queue takes a lock.</summary>
public interface IBlockingMessageQueueSemantics : IMultipleConsumerSemantics
{
    /// <summary>How long to wait for the lock.</summary>
    TimeSpan BlockTimeOut { get; set; }
}
