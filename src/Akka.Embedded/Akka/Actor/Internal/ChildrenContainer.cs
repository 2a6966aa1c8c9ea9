#nullable disable
using System.Collections;

namespace Akka.Actor.Internal;

/// <summary>
/// Children by name, in the order of their creation. An entry is a child, its statistics, or, while it is made, its name. It is changed in place, under its lock, because guardians get
/// children from any thread. Restart statistics exist only for children that have failed.
/// </summary>
internal sealed class ChildrenContainer : IChildrenContainer
{
    private readonly HashSet<object> _children = new(ByName.Instance);
    private HashSet<IActorRef> _toDie;
    private SuspendReason _reason;
    private long _randomNames;

    public IReadOnlyCollection<IInternalActorRef> Children
    {
        get
        {
            lock (_children)
            {
                var list = new List<IInternalActorRef>(_children.Count);
                foreach (var entry in _children)
                {
                    if (ChildOf(entry) is { } child)
                        list.Add(child);
                }

                return list;
            }
        }
    }

    /// <summary>
    /// As they are when they are enumerated: only strategies that treat all children alike look at them, and the failure of one child
    /// must not cost a walk over all the others.
    /// </summary>
    public IReadOnlyCollection<ChildRestartStats> Stats => new AllStats(this);

    public bool IsNormal => _reason is null or SuspendReason.UserRequest;

    public bool IsTerminating => _reason is SuspendReason.Termination;

    public bool IsWaitingForChildren => _reason is SuspendReason.IWaitingForChildren;

    public string RandomName() => ActorNames.Random(Interlocked.Increment(ref _randomNames) - 1);

    public IChildrenContainer Add(string name, ChildRestartStats stats)
    {
        lock (_children)
            Put(stats);
        return this;
    }

    public void Add(string name, IInternalActorRef child)
    {
        lock (_children)
            Put(child);
    }

    public IChildrenContainer Remove(IActorRef child)
    {
        RemoveAndGetReason(child);
        return this;
    }

    /// <summary>Removes a child; when it was the last one waited for, returns what was waited for.</summary>
    public SuspendReason RemoveAndGetReason(IActorRef child)
    {
        lock (_children)
        {
            if (_children.TryGetValue(child, out var entry) && child.Equals(ChildOf(entry)))
                _children.Remove(entry);
            if (_toDie is null)
                return null;
            _toDie.Remove(child);
            if (_toDie.Count > 0)
                return null;
            var reason = _reason;
            _toDie = null;
            if (!IsTerminating)
                _reason = null;
            return reason;
        }
    }

    /// <summary>False when no child is about to stop, so that there is nothing to wait for.</summary>
    public bool TrySetReason(SuspendReason reason)
    {
        lock (_children)
        {
            if (_toDie is null)
                return false;
            _reason = reason;
            return true;
        }
    }

    public bool TryGetByName(string name, out IChildStats stats)
    {
        lock (_children)
        {
            stats = StatsOf(name) ?? (_children.Contains(name) ? ChildNameReserved.Instance : (IChildStats)null);
            return stats is not null;
        }
    }

    public bool TryGetByRef(IActorRef actor, out ChildRestartStats stats)
    {
        lock (_children)
        {
            stats = Contains(actor) ? StatsOf(NameOf(actor)) : null;
            return stats is not null;
        }
    }

    public bool Contains(IActorRef actor)
    {
        lock (_children)
            return _children.TryGetValue(actor, out var entry) && actor.Equals(ChildOf(entry));
    }

    public IInternalActorRef Get(string name)
    {
        lock (_children)
            return _children.TryGetValue(name, out var entry) ? ChildOf(entry) : null;
    }

    public IChildrenContainer ShallDie(IActorRef actor)
    {
        lock (_children)
        {
            _reason ??= SuspendReason.UserRequest.Instance;
            (_toDie ??= []).Add(actor);
        }

        return this;
    }

    public IChildrenContainer Reserve(string name)
    {
        lock (_children)
        {
            if (IsTerminating)
                throw new InvalidOperationException($@"Cannot reserve actor name ""{name}"". It's terminating.");
            if (!_children.Add(name))
                throw new InvalidActorNameException($@"Actor name ""{name}"" is not unique!");
        }

        return this;
    }

    public IChildrenContainer Unreserve(string name)
    {
        lock (_children)
        {
            if (_children.TryGetValue(name, out var entry) && entry is string)
                _children.Remove(entry);
        }

        return this;
    }

    public override string ToString() => string.Join("\n", Children);

    private static string NameOf(object entry) => entry switch
    {
        LocalActorRef local => local.Name,
        string name => name,
        ChildRestartStats stats => NameOf(stats.Child),
        IActorRef actor => actor.Path.Name,
        _ => throw new ArgumentException($"{entry} is no child", nameof(entry)),
    };

    /// <summary>The set fills the place that was freed last, so that an entry that is replaced keeps its place in the order.</summary>
    private void Put(object entry)
    {
        _children.Remove(entry);
        _children.Add(entry);
    }

    private static IInternalActorRef ChildOf(object entry) => entry switch
    {
        IInternalActorRef child => child,
        ChildRestartStats stats => stats.Child,
        _ => null,
    };

    private ChildRestartStats StatsOf(string name)
    {
        if (!_children.TryGetValue(name, out var entry))
            return null;
        if (entry is not IInternalActorRef child)
            return entry as ChildRestartStats;
        var stats = new ChildRestartStats(child);
        Put(stats);
        return stats;
    }

    private sealed class ByName : IEqualityComparer<object>
    {
        public static readonly ByName Instance = new();

        public new bool Equals(object x, object y) => string.Equals(NameOf(x), NameOf(y), StringComparison.Ordinal);

        public int GetHashCode(object entry) => NameOf(entry).GetHashCode(StringComparison.Ordinal);
    }

    private sealed class AllStats(ChildrenContainer container) : IReadOnlyCollection<ChildRestartStats>
    {
        public int Count => container._children.Count;

        public IEnumerator<ChildRestartStats> GetEnumerator()
        {
            var list = new List<ChildRestartStats>(Count);
            lock (container._children)
            {
                foreach (var name in container._children.Select(NameOf).ToArray())
                {
                    if (container.StatsOf(name) is { } stats)
                        list.Add(stats);
                }
            }

            return list.GetEnumerator();
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
