using Akka.Actor;

namespace Akka.Event;

/// <summary>Subscriptions by type argument.</summary>
public static class EventStreamExtensions
{
    /// <summary>Subscribes to a type and what derives from it.</summary>
    public static bool Subscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) => eventStream.Subscribe(subscriber, typeof(TChannel));

    /// <summary>Ends the subscription to a type.</summary>
    public static bool Unsubscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) => eventStream.Unsubscribe(subscriber, typeof(TChannel));
}
