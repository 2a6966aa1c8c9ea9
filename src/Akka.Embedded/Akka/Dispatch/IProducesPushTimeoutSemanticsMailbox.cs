#nullable disable
namespace Akka.Dispatch;

/// <summary>A mailbox type with a time for senders to wait.</summary>
public interface IProducesPushTimeoutSemanticsMailbox
{
    TimeSpan PushTimeout { get; }
}
