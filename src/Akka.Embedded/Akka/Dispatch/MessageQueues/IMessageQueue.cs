#nullable disable
using Akka.Actor;

namespace Akka.Dispatch.MessageQueues;

/// <summary>The messages that wait for one actor. Any thread enqueues, only the mailbox dequeues.</summary>
public interface IMessageQueue
{
    bool HasMessages { get; }

    int Count { get; }

    void Enqueue(IActorRef receiver, Envelope envelope);

    bool TryDequeue(out Envelope envelope);

    /// <summary>Hands what is left to <paramref name="deadletters"/> once the actor has stopped.</summary>
    void CleanUp(IActorRef owner, IMessageQueue deadletters);
}
