#nullable disable
using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>Messages can be put in front, as a stash needs it.</summary>
public interface IDequeBasedMessageQueueSemantics : ISemantics
{
    void EnqueueFirst(Envelope envelope);
}
