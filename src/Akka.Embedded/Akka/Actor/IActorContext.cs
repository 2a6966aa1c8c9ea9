#nullable disable
using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>What an actor sees of its surroundings, valid only while it processes a message.</summary>
public interface IActorContext : IActorRefFactory, ICanWatch
{
    MessageDispatcher Dispatcher { get; }

    IActorRef Self { get; }

    Props Props { get; }

    /// <summary>The sender of the current message, or dead letters when there is none.</summary>
    IActorRef Sender { get; }

    ActorSystem System { get; }

    IActorRef Parent { get; }

    TimeSpan? ReceiveTimeout { get; }

    void Become(Receive receive);

    void BecomeStacked(Receive receive);

    void UnbecomeStacked();

    /// <summary>The child of that name, or <see cref="ActorRefs.Nobody"/>.</summary>
    IActorRef Child(string name);

    IEnumerable<IActorRef> GetChildren();

    /// <summary>Asks for a <see cref="Actor.ReceiveTimeout"/> after that much silence; null ends it.</summary>
    void SetReceiveTimeout(TimeSpan? timeout);

    void Stop(IActorRef child);
}
