using Akka.Actor;
using Akka.Actor.Internal;

namespace Akka.Event;

/// <summary>
/// The bus of an actor system on which actors publish to and subscribe from: log events, dead letters, unhandled messages, and whatever
/// applications publish. An actor that stops is unsubscribed.
/// </summary>
public class EventStream : LoggingBus
{
    private readonly bool _debug;
    private readonly object _lock = new();
    private readonly HashSet<IActorRef> _beforeStart = [];
    private IActorRef _unsubscriber;

    /// <param name="debug">Whether subscriptions are logged at debug level.</param>
    public EventStream(bool debug) => _debug = debug;

    /// <summary>Starts the actor that watches subscribers, for those so far as well.</summary>
    public void StartUnsubscriber(ActorSystemImpl system)
    {
        lock (_lock)
        {
            if (_unsubscriber != null)
                return;
            _unsubscriber = system.SystemActorOf(Props.Create(() => new EventStreamUnsubscriber(this, _debug)).WithDispatcher(Dispatch.Dispatchers.InternalDispatcherId),
                "EventStreamUnsubscriber");
            foreach (var subscriber in _beforeStart)
                _unsubscriber.Tell(new EventStreamUnsubscriber.Watch(subscriber), ActorRefs.NoSender);
            _beforeStart.Clear();
        }
    }

    /// <inheritdoc />
    /// <exception cref="ArgumentNullException">There is no subscriber.</exception>
    public override bool Subscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        WatchFromNowOn(subscriber);
        if (_debug)
            Publish(new Debug(SimpleName(this), GetType(), "subscribing " + subscriber + " to channel " + channel));
        return base.Subscribe(subscriber, channel);
    }

    /// <inheritdoc />
    /// <exception cref="ArgumentNullException">There is no subscriber.</exception>
    public override bool Unsubscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        var changed = base.Unsubscribe(subscriber, channel);
        if (_debug)
            Publish(new Debug(SimpleName(this), GetType(), "unsubscribing " + subscriber + " from channel " + channel));
        UnwatchIfUnsubscribed(subscriber);
        return changed;
    }

    /// <inheritdoc />
    /// <exception cref="ArgumentNullException">There is no subscriber.</exception>
    public override bool Unsubscribe(IActorRef subscriber)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        var changed = base.Unsubscribe(subscriber);
        if (_debug)
            Publish(new Debug(SimpleName(this), GetType(), "unsubscribing " + subscriber + " from all channels"));
        UnwatchIfUnsubscribed(subscriber);
        return changed;
    }

    private void WatchFromNowOn(IActorRef subscriber)
    {
        // A console logger is no actor that could stop.
        if (subscriber is MinimalLogger)
            return;
        lock (_lock)
        {
            if (_unsubscriber == null)
                _beforeStart.Add(subscriber);
            else
                _unsubscriber.Tell(new EventStreamUnsubscriber.Watch(subscriber), ActorRefs.NoSender);
        }
    }

    private void UnwatchIfUnsubscribed(IActorRef subscriber)
    {
        if (subscriber is MinimalLogger)
            return;
        lock (_lock)
        {
            if (_unsubscriber != null)
                _unsubscriber.Tell(new EventStreamUnsubscriber.UnwatchIfUnsubscribed(subscriber), ActorRefs.NoSender);
            else if (!HasSubscriptions(subscriber))
                _beforeStart.Remove(subscriber);
        }
    }
}
