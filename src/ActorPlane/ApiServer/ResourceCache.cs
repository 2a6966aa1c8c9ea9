using System.Collections.Immutable;
using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using Akka.Actor;

namespace ActorPlane.ApiServer;

/// <summary>
/// All objects of one resource as committed, their recent changes and their watches. It advances only by what etcd's
/// watch says.
/// </summary>
internal sealed class ResourceCache(ResourceType type, int windowCapacity, long revision)
{
    private static readonly ImmutableSortedDictionary<NamespacedName, IKubeObject> None = ImmutableSortedDictionary<NamespacedName, IKubeObject>.Empty;

    private readonly Dictionary<NamespacedName, StoredObject> _objects = [];
    private readonly ImmutableSortedDictionary<NamespacedName, IKubeObject>.Builder _sorted = None.ToBuilder();
    private readonly ChangeWindow _window = new(windowCapacity, revision);
    private readonly WatchIndex _watches = new();
    private readonly PodsByNode? _byNode = type.Name == "pods" ? new PodsByNode() : null;

    /// <summary>For a custom resource, as its definition is now.</summary>
    public ResourceType Type { get; private set; } = type;

    public string Name => Type.Name;

    /// <summary>It changed since the last snapshot.</summary>
    public bool IsTouched { get; set; }

    /// <summary>Its old changes are to be forgotten when their time comes.</summary>
    public bool IsInHistory { get; set; }

    /// <summary>A watch may begin just after this revision or later.</summary>
    public long Floor => _window.Floor;

    /// <summary>How many objects there are.</summary>
    public int Count => _sorted.Count;

    public StoredObject? Find(NamespacedName name) => _objects.GetValueOrDefault(name);

    public StoredObject Open(NamespacedName name)
    {
        if (!_objects.TryGetValue(name, out var stored))
            _objects.Add(name, stored = new StoredObject(this, name, Type.KeyOf(name)));
        return stored;
    }

    /// <summary>Forgets what <see cref="StoredObject.IsIdle"/>.</summary>
    public void Close(StoredObject stored)
    {
        if (stored.IsIdle) _objects.Remove(stored.Name);
    }

    /// <summary>Takes in what is there before any change is seen.</summary>
    public void Load(StoredObject stored, IKubeObject item, long revision)
    {
        (stored.Current, stored.ModRevision) = (item, revision);
        _sorted[stored.Name] = item;
        _byNode?.Apply(new ObjectChange(null, item, null, revision, default));
    }

    /// <summary>Takes in a change and tells the watches.</summary>
    public void Apply(StoredObject stored, in ObjectChange change, IActorRef self, DateTimeOffset now)
    {
        stored.Current = change.After;
        stored.ModRevision = change.After is null ? 0 : change.Revision;
        if (change.After is { } after) _sorted[stored.Name] = after;
        else _sorted.Remove(stored.Name);
        _byNode?.Apply(change);
        _window.Add(change, now);
        _watches.Offer(change, self);
    }

    /// <summary>There are changes that <see cref="ForgetChanges"/> may forget.</summary>
    public bool HasChangesToForget => _window.Count > ChangeWindow.AlwaysKept;

    /// <summary>No watch will begin before this time.</summary>
    public void ForgetChanges(DateTimeOffset oldest) => _window.Trim(oldest);

    /// <summary>The definition of a custom resource has changed: what is stored is shown under it from now on.</summary>
    public void Redefine(ResourceType type)
    {
        Type = type;
        foreach (var stored in _objects.Values)
        {
            if (stored.Current is not CustomObject item) continue;
            stored.Current = ObjectValueCodec.InCurrentForm(item, type);
            _sorted[stored.Name] = stored.Current;
        }
    }

    /// <summary>All places, in no order.</summary>
    public IEnumerable<StoredObject> Places => _objects.Values;

    /// <summary>What the selector picks, by namespace and name.</summary>
    public ImmutableArray<IKubeObject> List(ObjectSelector selector)
    {
        if (selector is { Name: { } name, Namespace: { } @namespace })
            return Find(new NamespacedName(@namespace, name))?.Current is { } only && selector.Matches(only) ? [only] : [];
        if (selector is { Name: { } clusterName } && !Type.IsNamespaced)
            return Find(new NamespacedName("", clusterName))?.Current is { } only && selector.Matches(only) ? [only] : [];
        if (_byNode is not null && selector.NodeName is { } node) return [.. _byNode.On(node).Where(selector.Matches)];
        if (selector == ObjectSelector.All) return [.. _sorted.Values];

        var found = ImmutableArray.CreateBuilder<IKubeObject>();
        foreach (var item in _sorted.Values)
        {
            if (selector.Matches(item)) found.Add(item);
        }

        return found.DrainToImmutable();
    }

    /// <summary>All objects, by namespace and name.</summary>
    public IEnumerable<IKubeObject> All => _sorted.Values;

    /// <summary>Opens a watch from a revision not below <see cref="Floor"/>, and tells it what it missed.</summary>
    public void Add(ObjectWatch watch, long fromRevision, IActorRef self)
    {
        foreach (var change in _window.After(fromRevision)) watch.Offer(change, self);
        _watches.Add(watch);
    }

    public void Remove(ObjectWatch watch) => _watches.Remove(watch);

    /// <summary>The objects as they are now, to be read by any thread.</summary>
    public ResourceSnapshot ToSnapshot() => new(Name, _sorted.ToImmutable());
}
