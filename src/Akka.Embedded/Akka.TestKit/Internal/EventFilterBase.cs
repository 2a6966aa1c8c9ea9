using Akka.Event;
using Akka.TestKit.Internal.StringMatcher;

namespace Akka.TestKit.Internal;

/// <summary>A filter of log events by their text and source.</summary>
public abstract class EventFilterBase : IEventFilter
{
    private readonly IStringMatcher _messageMatcher;
    private readonly IStringMatcher _sourceMatcher;

    /// <param name="messageMatcher">Decides about texts; <c>null</c> takes all.</param>
    /// <param name="sourceMatcher">Decides about sources; <c>null</c> takes all.</param>
    protected EventFilterBase(IStringMatcher messageMatcher, IStringMatcher sourceMatcher)
    {
        _messageMatcher = messageMatcher ?? MatchesAll.Instance;
        _sourceMatcher = sourceMatcher ?? MatchesAll.Instance;
    }

    /// <summary>Told of every match.</summary>
    public event EventMatched EventMatched;

    /// <summary>What the filter is called in messages.</summary>
    protected abstract string FilterDescriptiveName { get; }

    /// <inheritdoc />
    public bool Apply(LogEvent logEvent)
    {
        if (!IsMatch(logEvent))
            return false;
        OnEventMatched(logEvent);
        return true;
    }

    /// <inheritdoc />
    public override string ToString() =>
        FilterDescriptiveName + (_messageMatcher is MatchesAll ? "" : " when Message " + _messageMatcher)
        + (_sourceMatcher is MatchesAll ? "" : (_messageMatcher is MatchesAll ? " when" : " and") + " Source " + _sourceMatcher);

    /// <summary>Whether the event is one that is looked for.</summary>
    protected abstract bool IsMatch(LogEvent evt);

    /// <summary>Tells of a match.</summary>
    protected virtual void OnEventMatched(LogEvent logEvent) => EventMatched?.Invoke(this, logEvent);

    /// <summary>Whether source and text are such that are looked for.</summary>
    protected bool InternalDoMatch(string src, object msg) => _sourceMatcher.IsMatch(src) && _messageMatcher.IsMatch(msg?.ToString() ?? "null");
}
