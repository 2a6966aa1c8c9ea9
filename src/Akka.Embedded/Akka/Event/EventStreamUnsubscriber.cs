using Akka.Actor;

namespace Akka.Event;

/// <summary>Watches the subscribers of an event stream and unsubscribes those that have stopped.</summary>
internal sealed class EventStreamUnsubscriber(EventStream eventStream, bool debug) : ActorBase
{
    /// <summary>A subscriber came.</summary>
    internal sealed record Watch(IActorRef Subscriber) : INoSerializationVerificationNeeded;

    /// <summary>A subscription ended, perhaps the subscriber's last.</summary>
    internal sealed record UnwatchIfUnsubscribed(IActorRef Subscriber) : INoSerializationVerificationNeeded;

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case Watch(var subscriber):
                Log("watching {0} in order to unsubscribe from EventStream when it terminates", subscriber);
                Context.Watch(subscriber);
                return true;
            case UnwatchIfUnsubscribed(var subscriber):
                if (eventStream.HasSubscriptions(subscriber))
                    return true;
                Log("unwatching {0} since has no subscriptions", subscriber);
                Context.Unwatch(subscriber);
                return true;
            case Terminated terminated:
                Log("unsubscribe {0} from EventStream since it was terminated", terminated.ActorRef);
                eventStream.Unsubscribe(terminated.ActorRef);
                return true;
            default:
                return false;
        }
    }

    private void Log(string format, IActorRef subscriber)
    {
        if (debug)
            eventStream.Publish(new Debug(GetType().Name, GetType(), string.Format(System.Globalization.CultureInfo.InvariantCulture, format, subscriber)));
    }
}
