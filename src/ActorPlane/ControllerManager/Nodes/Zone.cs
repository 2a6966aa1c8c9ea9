using System.Diagnostics.CodeAnalysis;

namespace ActorPlane.ControllerManager.Nodes;

/// <summary>The nodes of one zone that wait to be tainted NoExecute, first come first served.</summary>
public sealed class Zone(DateTimeOffset now)
{
    private readonly Queue<string> _waiting = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>How fast they may go.</summary>
    public EvictionLimiter Limiter { get; } = new(now);

    /// <summary>The node waits from now on. False when it does already.</summary>
    public bool Await(string node)
    {
        if (!_names.Add(node)) return false;
        _waiting.Enqueue(node);
        return true;
    }

    /// <summary>The node whose turn it is.</summary>
    public bool TryPeek([NotNullWhen(true)] out string? node) => _waiting.TryPeek(out node);

    /// <summary>It waits no longer.</summary>
    public void Dequeue() => _names.Remove(_waiting.Dequeue());
}
