#nullable disable
namespace Akka.Actor;

/// <summary>What can be told of an actor's termination.</summary>
public interface ICanWatch
{
    /// <summary>Asks for a <see cref="Terminated"/> when <paramref name="subject"/> has stopped.</summary>
    IActorRef Watch(IActorRef subject);

    /// <summary>Asks for <paramref name="message"/> when <paramref name="subject"/> has stopped.</summary>
    IActorRef WatchWith(IActorRef subject, object message);

    /// <summary>Takes the request back; a notice that is already on its way is dropped.</summary>
    IActorRef Unwatch(IActorRef subject);
}
