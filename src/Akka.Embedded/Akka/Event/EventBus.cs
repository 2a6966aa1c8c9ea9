namespace Akka.Event;

/// <summary>
/// Delivers events to those who subscribed to their class. Who gets an event of a class is worked out once and remembered until the next
/// subscription changes, so that publishing takes one lookup.
/// </summary>
/// <typeparam name="TEvent">What is published.</typeparam>
/// <typeparam name="TClassifier">What is subscribed to.</typeparam>
/// <typeparam name="TSubscriber">Who subscribes.</typeparam>
public abstract class EventBus<TEvent, TClassifier, TSubscriber>
{
    private readonly object _lock = new();
    private readonly List<Entry> _entries = [];
    private volatile Dictionary<TClassifier, TSubscriber[]> _receivers = [];

    /// <summary>One subscription, and the sub-classes that it no longer covers.</summary>
    private sealed record Entry(TSubscriber Subscriber, TClassifier Classifier)
    {
        internal List<TClassifier> Excluded { get; } = [];
    }

    /// <summary>Subscribes to a class and its sub-classes.</summary>
    /// <returns>Whether that is new.</returns>
    public virtual bool Subscribe(TSubscriber subscriber, TClassifier classifier)
    {
        lock (_lock)
        {
            if (_entries.Exists(entry => entry.Subscriber.Equals(subscriber) && entry.Classifier.Equals(classifier)))
                return false;
            _entries.Add(new Entry(subscriber, classifier));
            _receivers = [];
            return true;
        }
    }

    /// <summary>Ends all subscriptions of a subscriber.</summary>
    /// <returns>Whether there was one.</returns>
    public virtual bool Unsubscribe(TSubscriber subscriber)
    {
        lock (_lock)
        {
            if (_entries.RemoveAll(entry => entry.Subscriber.Equals(subscriber)) == 0)
                return false;
            _receivers = [];
            return true;
        }
    }

    /// <summary>Ends the subscription to a class; a subscription to a parent class goes on without this class.</summary>
    /// <returns>Whether the subscriber was subscribed.</returns>
    public virtual bool Unsubscribe(TSubscriber subscriber, TClassifier classifier)
    {
        lock (_lock)
        {
            var changed = _entries.RemoveAll(entry => entry.Subscriber.Equals(subscriber) && entry.Classifier.Equals(classifier)) > 0;
            if (!changed)
            {
                foreach (var entry in _entries)
                {
                    if (!entry.Subscriber.Equals(subscriber) || !IsSubClassification(entry.Classifier, classifier))
                        continue;
                    entry.Excluded.Add(classifier);
                    changed = true;
                }
            }

            if (changed)
                _receivers = [];
            return changed;
        }
    }

    /// <summary>Delivers an event to everyone who subscribed to its class, once each, in the order of subscription.</summary>
    public virtual void Publish(TEvent @event)
    {
        var classifier = GetClassifier(@event);
        if (!_receivers.TryGetValue(classifier, out var receivers))
            receivers = FindReceivers(classifier);
        foreach (var receiver in receivers)
            Publish(@event, receiver);
    }

    internal bool HasSubscriptions(TSubscriber subscriber)
    {
        lock (_lock)
            return _entries.Exists(entry => entry.Subscriber.Equals(subscriber));
    }

    /// <summary>Delivers an event to one subscriber.</summary>
    protected abstract void Publish(TEvent @event, TSubscriber subscriber);

    /// <summary>Whether the event belongs to the class.</summary>
    protected abstract bool Classify(TEvent @event, TClassifier classifier);

    /// <summary>The class of an event.</summary>
    protected abstract TClassifier GetClassifier(TEvent @event);

    /// <summary>Whether the child is the parent or derives from it.</summary>
    protected abstract bool IsSubClassification(TClassifier parent, TClassifier child);

    /// <summary>The name of the object's type.</summary>
    protected string SimpleName(object source) => Logging.SimpleName(source);

    /// <summary>The name of the type.</summary>
    protected string SimpleName(Type source) => Logging.SimpleName(source);

    private TSubscriber[] FindReceivers(TClassifier classifier)
    {
        lock (_lock)
        {
            var receivers = _entries
                .Where(entry => IsSubClassification(entry.Classifier, classifier) && !entry.Excluded.Exists(excluded => IsSubClassification(excluded, classifier)))
                .Select(entry => entry.Subscriber).Distinct().ToArray();
            // Readers hold no lock, so the remembered answers are replaced and never changed.
            _receivers = new Dictionary<TClassifier, TSubscriber[]>(_receivers) { [classifier] = receivers };
            return receivers;
        }
    }
}
