using ActorPlane.Tracing;

namespace ActorPlane.TestKit;

/// <summary>Remembers every traced message of a simulation, for a test to look at.</summary>
public sealed class RecordedTrace : ITraceSink
{
    private readonly List<Entry> _entries = [];

    /// <summary>All messages, in order.</summary>
    public IReadOnlyList<Entry> Entries => _entries;

    /// <inheritdoc />
    public void Observe(in TraceEvent traceEvent) => _entries.Add(new Entry(
        traceEvent.Time, ActorNames.Of(traceEvent.Sender), ActorNames.Of(traceEvent.Receiver), traceEvent.Message.Describe(), traceEvent.Message));

    /// <summary>The messages of one chain, in order.</summary>
    public IEnumerable<Entry> Of(Cause cause) => _entries.Where(entry => entry.Message.Cause == cause);

    /// <summary>Forgets what was recorded so far.</summary>
    public void Clear() => _entries.Clear();

    /// <summary>One message as its receiver took it up.</summary>
    public sealed record Entry(DateTimeOffset Time, string From, string To, string Text, ITraced Message)
    {
        /// <summary>One line, for a failed test's message.</summary>
        public override string ToString() => $"{Time:HH:mm:ss.fff} {From} -> {To}: {Text}";
    }
}
