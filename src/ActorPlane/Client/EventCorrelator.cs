namespace ActorPlane.Client;

/// <summary>
/// Decides what becomes of each thing that a component has to say about an object: a new Event, one more in the count
/// of an earlier Event, or nothing. As the correlator in client-go (<c>tools/record/events_cache.go</c>): the same
/// message again raises a count; many messages that differ only in their text are combined; a component that says too
/// much about one object is cut short. Bounded: the objects that were silent longest are forgotten.
/// </summary>
internal sealed class EventCorrelator(EventSettings settings)
{
    private readonly Dictionary<string, LinkedListNode<Subject>> _subjects = new(StringComparer.Ordinal);
    private readonly LinkedList<Subject> _byAge = new();

    /// <summary>The prefix of a message that stands for many.</summary>
    public const string CombinedPrefix = "(combined from similar events): ";

    /// <summary>How many objects are remembered.</summary>
    public int Count => _subjects.Count;

    /// <summary>
    /// The series that this belongs to, with its count raised, or null when it must be dropped. A series whose
    /// <see cref="Series.Count"/> is 1 is new.
    /// </summary>
    /// <param name="subject">What it is about: a text that no other object has.</param>
    public Series? Observe(string subject, string type, string reason, string message, DateTimeOffset now)
    {
        var about = Remember(subject, now);
        var similar = 0;
        Series? same = null;
        Series? combined = null;
        about.Series.RemoveAll(series => now - series.Last > settings.SimilarInterval);
        foreach (var series in about.Series)
        {
            if (series.Type != type || series.Reason != reason) continue;
            if (series.IsCombined) combined = series;
            else similar++;
            if (!series.IsCombined && series.Message == message) same = series;
        }

        if (!about.TryTake(settings, now)) return null;
        var found = same;
        if (found is null && (combined is not null || similar + 1 >= settings.MaxSimilar))
        {
            message = CombinedPrefix + message;
            found = combined;
        }

        if (found is null)
        {
            found = new Series(type, reason, message.StartsWith(CombinedPrefix, StringComparison.Ordinal), now);
            about.Series.Add(found);
        }

        found.Add(message, now);
        return found;
    }

    private Subject Remember(string name, DateTimeOffset now)
    {
        if (_subjects.TryGetValue(name, out var known))
        {
            _byAge.Remove(known);
            _byAge.AddLast(known);
            return known.Value;
        }

        if (_subjects.Count >= settings.MaxObjects && _byAge.First is { } oldest)
        {
            _byAge.RemoveFirst();
            _subjects.Remove(oldest.Value.Name);
        }

        var subject = new Subject(name, settings.Burst, now);
        _subjects.Add(name, _byAge.AddLast(subject));
        return subject;
    }

    /// <summary>One Event object, as far as the correlator knows it.</summary>
    public sealed class Series(string type, string reason, bool isCombined, DateTimeOffset first)
    {
        public string Type { get; } = type;

        public string Reason { get; } = reason;

        public bool IsCombined { get; } = isCombined;

        public DateTimeOffset First { get; } = first;

        public string Message { get; private set; } = "";

        public DateTimeOffset Last { get; private set; } = first;

        public int Count { get; private set; }

        /// <summary>The name of the Event object; set by whoever writes it.</summary>
        public string? EventName { get; set; }

        public void Add(string message, DateTimeOffset now) => (Message, Last, Count) = (message, now, Count + 1);
    }

    private sealed class Subject(string name, int burst, DateTimeOffset now)
    {
        private double _allowance = burst;
        private DateTimeOffset _refilledAt = now;

        public string Name { get; } = name;

        public List<Series> Series { get; } = new(2);

        public bool TryTake(EventSettings settings, DateTimeOffset now)
        {
            _allowance = Math.Min(settings.Burst, _allowance + ((now - _refilledAt) / settings.RefillInterval));
            _refilledAt = now;
            if (_allowance < 1) return false;
            _allowance--;
            return true;
        }
    }
}
