#nullable disable
using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>A stash whose capacity the mailbox configuration gives.</summary>
public interface IWithStash : IWithUnrestrictedStash, IRequiresMessageQueue<IDequeBasedMessageQueueSemantics>
{
}
