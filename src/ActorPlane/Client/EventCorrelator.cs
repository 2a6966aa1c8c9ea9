namespace ActorPlane.Client;

/// <summary>
/// Decides what becomes of each thing that a component has to say about an object: a new Event, one more in the count
/// of an earlier Event, or nothing. As the correlator in client-go (<c>tools/record/events_cache.go</c>): the same
/// message again raises a count; many messages that differ only in their text are combined; a component that says too
/// much about one object is cut short. Bounded: the objects that were silent longest are forgotten.
/// </summary>
internal sealed class EventCorrelator(EventSettings settings, Chance chance)
{
    private readonly Dictionary<string, LinkedListNode<Subject>> _subjects = new(StringComparer.Ordinal);
    private readonly LinkedList<Subject> _byAge = new();

    /// <summary>The prefix of a message that stands for many.</summary>
    public const string CombinedPrefix = "(combined from similar events): ";

    /// <summary>How many objects are remembered.</summary>
    public int Count => _subjects.Count;

    /// <summary>
    /// The series that this belongs to, with its count raised, or null when it must be dropped. A series whose
    /// <see cref="EventSeries.Count"/> is 1 is new.
    /// </summary>
    /// <param name="subject">What it is about: a text that no other object has.</param>
    public EventSeries? Observe(string subject, string type, string reason, string message, DateTimeOffset now)
    {
        ref var about = ref Remember(subject, now.UtcDateTime).ValueRef;
        return about.TryTake(settings, now.UtcDateTime) ? Observe(ref about, type, reason, message, now.UtcDateTime) : null;
    }

    private EventSeries Observe(ref Subject about, string type, string reason, string message, DateTime now)
    {
        if (Array.Exists(about.Series, IsOver)) about.Series = Array.FindAll(about.Series, series => !IsOver(series));
        var similar = 0;
        var (same, combined) = (-1, -1);
        for (var i = 0; i < about.Series.Length; i++)
        {
            ref readonly var series = ref about.Series[i];
            if (series.Type != type || series.Reason != reason) continue;
            if (series.IsCombined) combined = i;
            else similar++;
            if (!series.IsCombined && series.Message == message) same = i;
        }

        var place = same;
        if (same < 0 && (combined >= 0 || similar + 1 >= settings.MaxSimilar))
        {
            message = CombinedPrefix + message;
            place = combined;
        }

        if (place < 0)
        {
            var isCombined = message.StartsWith(CombinedPrefix, StringComparison.Ordinal);
            var added = new EventSeries(chance.NextUInt64(), type, reason, message, isCombined, now, now, 1);
            about.Series = [.. about.Series, added];
            return added;
        }

        ref var found = ref about.Series[place];
        return found = found with { Message = message, Last = now, Count = found.Count + 1 };

        bool IsOver(EventSeries series) => now - series.Last > settings.SimilarInterval;
    }

    private LinkedListNode<Subject> Remember(string name, DateTime now)
    {
        if (_subjects.TryGetValue(name, out var known))
        {
            _byAge.Remove(known);
            _byAge.AddLast(known);
            return known;
        }

        if (_subjects.Count >= settings.MaxObjects && _byAge.First is { } oldest)
        {
            _byAge.RemoveFirst();
            _subjects.Remove(oldest.Value.Name);
        }

        return _subjects[name] = _byAge.AddLast(new Subject(name, settings.Burst, now));
    }

    /// <summary>What is remembered of one object.</summary>
    private struct Subject(string name, int burst, DateTime now)
    {
        private double _allowance = burst;
        private DateTime _refilledAt = now;

        public string Name { get; } = name;

        /// <summary>As short as can be.</summary>
        public EventSeries[] Series = [];

        public bool TryTake(EventSettings settings, DateTime now)
        {
            _allowance = Math.Min(settings.Burst, _allowance + ((now - _refilledAt) / settings.RefillInterval));
            _refilledAt = now;
            if (_allowance < 1) return false;
            _allowance--;
            return true;
        }
    }
}
