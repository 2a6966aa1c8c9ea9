#nullable disable
using Akka.Dispatch.MessageQueues;

namespace Akka.Dispatch;

/// <summary>Tells what queue a <see cref="MailboxType"/> makes.</summary>
public interface IProducesMessageQueue<TQueue>
    where TQueue : IMessageQueue
{
}
