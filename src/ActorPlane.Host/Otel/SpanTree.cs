using System.Diagnostics;
using ActorPlane.Tracing;

namespace ActorPlane.Host.Otel;

/// <summary>
/// Which span a message hangs below: that of the last message of its cause that its sender handled; else the cause's
/// first. Derived from senders and causes alone, so messages carry nothing for it. Remembers the causes seen last.
/// Not thread-safe.
/// </summary>
internal sealed class SpanTree(int maxCauses)
{
    private readonly Dictionary<Cause, Chain> _chains = [];
    private readonly Queue<Cause> _byAge = new();

    /// <summary>The cause has a span that began outside, such as an HTTP request's; a default context when that is not sampled.</summary>
    public void Begin(Cause cause, ActivityContext root, DateTimeOffset start) => ChainOf(cause).Root ??= new Place(root, start);

    /// <summary>Where the span of a message belongs; null when it is the first of its cause.</summary>
    public Place? ParentOf(Cause cause, string sender)
    {
        var chain = ChainOf(cause);
        return chain.ByActor.TryGetValue(sender, out var place) ? place : chain.Root;
    }

    /// <summary>The receiver has handled a message, whose span is this one.</summary>
    public void Add(Cause cause, string receiver, Place place)
    {
        var chain = ChainOf(cause);
        chain.Root ??= place;
        chain.ByActor[receiver] = place;
    }

    private Chain ChainOf(Cause cause)
    {
        if (_chains.TryGetValue(cause, out var chain)) return chain;
        if (_byAge.Count == maxCauses) _chains.Remove(_byAge.Dequeue());
        _byAge.Enqueue(cause);
        return _chains[cause] = new Chain();
    }

    /// <summary>A span, and when what it tells of was there.</summary>
    public readonly record struct Place(ActivityContext Context, DateTimeOffset Time);

    private sealed class Chain
    {
        public Place? Root { get; set; }

        public Dictionary<string, Place> ByActor { get; } = new(StringComparer.Ordinal);
    }
}
