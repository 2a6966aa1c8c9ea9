#nullable disable
using System.Collections;

namespace Akka.Actor.Internal;

/// <summary>
/// Children by name, in the order of their creation. An entry is a child, its statistics, or, while it is made, its name.
/// It is changed in place, under the lock on itself, because guardians get children from any thread. Restart statistics exist only
/// for children that have failed. A set is made for the second child: most parents have one.
/// </summary>
internal sealed class ChildrenContainer : IChildrenContainer
{
    private object _only;
    private HashSet<object> _many;
    private HashSet<IActorRef> _toDie;
    private SuspendReason _reason;
    private long _randomNames;

    public IReadOnlyCollection<IInternalActorRef> Children
    {
        get
        {
            lock (this)
            {
                var list = new List<IInternalActorRef>(EntryCount);
                foreach (var entry in Entries)
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
        lock (this)
            Put(stats);
        return this;
    }

    public void Add(string name, IInternalActorRef child)
    {
        lock (this)
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
        lock (this)
        {
            if (Find(child) is { } entry && child.Equals(ChildOf(entry)))
                RemoveEntry(entry);
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
        lock (this)
        {
            if (_toDie is null)
                return false;
            _reason = reason;
            return true;
        }
    }

    public bool TryGetByName(string name, out IChildStats stats)
    {
        lock (this)
        {
            stats = StatsOf(name) ?? (Find(name) is not null ? ChildNameReserved.Instance : (IChildStats)null);
            return stats is not null;
        }
    }

    public bool TryGetByRef(IActorRef actor, out ChildRestartStats stats)
    {
        lock (this)
        {
            stats = Contains(actor) ? StatsOf(NameOf(actor)) : null;
            return stats is not null;
        }
    }

    public bool Contains(IActorRef actor)
    {
        lock (this)
            return Find(actor) is { } entry && actor.Equals(ChildOf(entry));
    }

    public IInternalActorRef Get(string name)
    {
        lock (this)
            return ChildOf(Find(name));
    }

    public IChildrenContainer ShallDie(IActorRef actor)
    {
        lock (this)
        {
            _reason ??= SuspendReason.UserRequest.Instance;
            (_toDie ??= []).Add(actor);
        }

        return this;
    }

    public IChildrenContainer Reserve(string name)
    {
        lock (this)
        {
            if (IsTerminating)
                throw new InvalidOperationException($@"Cannot reserve actor name ""{name}"". It's terminating.");
            if (Find(name) is not null)
                throw new InvalidActorNameException($@"Actor name ""{name}"" is not unique!");
            Put(name);
        }

        return this;
    }

    public IChildrenContainer Unreserve(string name)
    {
        lock (this)
        {
            if (Find(name) is string entry)
                RemoveEntry(entry);
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

    private int EntryCount => _many?.Count ?? (_only is null ? 0 : 1);

    private IEnumerable<object> Entries => _many ?? (IEnumerable<object>)(_only is null ? [] : new[] { _only });

    /// <summary>The entry of the same name, or null.</summary>
    private object Find(object entry)
    {
        if (_many is not null)
            return _many.TryGetValue(entry, out var found) ? found : null;
        return _only is not null && ByName.Instance.Equals(_only, entry) ? _only : null;
    }

    /// <summary>The set fills the place that was freed last, so that an entry that is replaced keeps its place in the order.</summary>
    private void Put(object entry)
    {
        if (_many is null && (_only is null || ByName.Instance.Equals(_only, entry)))
        {
            _only = entry;
            return;
        }

        if (_many is null)
        {
            _many = new HashSet<object>(ByName.Instance) { _only };
            _only = null;
        }

        _many.Remove(entry);
        _many.Add(entry);
    }

    private void RemoveEntry(object entry)
    {
        if (_many is null)
            _only = null;
        else
            _many.Remove(entry);
    }

    private static IInternalActorRef ChildOf(object entry) => entry switch
    {
        IInternalActorRef child => child,
        ChildRestartStats stats => stats.Child,
        _ => null,
    };

    private ChildRestartStats StatsOf(string name)
    {
        var entry = Find(name);
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
        public int Count => container.EntryCount;

        public IEnumerator<ChildRestartStats> GetEnumerator()
        {
            var list = new List<ChildRestartStats>(Count);
            lock (container)
            {
                foreach (var name in container.Entries.Select(NameOf).ToArray())
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
