using System.Collections.Immutable;
using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Collections;
using Akka.Actor;

namespace ActorPlane.ApiServer;

/// <summary>
/// All objects of one resource as committed, their recent changes and their watches. It advances only by what etcd's
/// watch says.
/// </summary>
internal sealed class ResourceCache(ResourceType type, int windowCapacity, long revision)
{
    private readonly ObjectTree.Editor _objects = new();
    private readonly Dictionary<NamespacedName, StoredObject> _open = [];
    private readonly ChangeWindow _window = new(windowCapacity, revision);
    private readonly WatchIndex _watches = new();
    private readonly PodsByNode? _byNode = type.Name == "pods" ? new PodsByNode() : null;

    /// <summary>For a custom resource, as its definition is now.</summary>
    public ResourceType Type { get; private set; } = type;

    public string Name => Type.Name;

    /// <summary>It changed since the last snapshot.</summary>
    public bool IsTouched { get; set; }

    /// <summary>It is served no longer; writes that are under way still end here.</summary>
    public bool IsForgotten { get; set; }

    /// <summary>Its old changes are to be forgotten when their time comes.</summary>
    public bool IsInHistory { get; set; }

    /// <summary>A watch may begin just after this revision or later.</summary>
    public long Floor => _window.Floor;

    /// <summary>How many objects there are.</summary>
    public int Count => _objects.Count;

    /// <summary>The object as committed, or null.</summary>
    public IKubeObject? Find(NamespacedName name) => _objects.Find(name);

    /// <summary>There is an object of that name, or one may be about to be created.</summary>
    public bool IsTaken(NamespacedName name) => _open.ContainsKey(name) || _objects.Find(name) is not null;

    /// <summary>The place of an object that is to be written, whether it exists or not.</summary>
    public StoredObject Open(NamespacedName name, out bool isNew)
    {
        isNew = !_open.TryGetValue(name, out var stored);
        if (isNew) _open.Add(name, stored = new StoredObject(this, name, Type.KeyOf(name), _objects.Find(name)));
        return stored!;
    }

    /// <summary>Forgets a place where nobody writes.</summary>
    public void Close(StoredObject stored) => _open.RemoveAndShrink(stored.Name);

    /// <summary>Takes in what is there before any change is seen.</summary>
    public void Load(IKubeObject item, long revision)
    {
        _objects.Set(item);
        _byNode?.Apply(new ObjectChange(null, item, null, revision, default));
    }

    /// <summary>Takes in a change and tells the watches.</summary>
    public void Apply(NamespacedName name, in ObjectChange change, IActorRef self, DateTimeOffset now)
    {
        if (change.After is { } after) _objects.Set(after);
        else _objects.Remove(name);
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
        foreach (var item in _objects.ToTree().Values.OfType<CustomObject>()) _objects.Set(ObjectValueCodec.InCurrentForm(item, type));
        foreach (var stored in _open.Values) stored.Current = _objects.Find(stored.Name);
    }

    /// <summary>What the selector picks, by namespace and name.</summary>
    public ImmutableArray<IKubeObject> List(ObjectSelector selector)
    {
        if (selector is { Name: { } name, Namespace: { } @namespace })
            return Find(new NamespacedName(@namespace, name)) is { } only && selector.Matches(only) ? [only] : [];
        if (selector is { Name: { } clusterName } && !Type.IsNamespaced)
            return Find(new NamespacedName("", clusterName)) is { } only && selector.Matches(only) ? [only] : [];
        if (_byNode is not null && selector.NodeName is { } node) return [.. _byNode.On(node).Where(selector.Matches)];
        if (selector == ObjectSelector.All) return [.. _objects.Values];

        var found = ImmutableArray.CreateBuilder<IKubeObject>();
        foreach (var item in _objects.Values)
        {
            if (selector.Matches(item)) found.Add(item);
        }

        return found.DrainToImmutable();
    }

    /// <summary>All objects, by namespace and name.</summary>
    public IEnumerable<IKubeObject> All => _objects.Values;

    /// <summary>Opens a watch from a revision not below <see cref="Floor"/>, and tells it what it missed.</summary>
    public void Add(ObjectWatch watch, long fromRevision, IActorRef self)
    {
        foreach (var change in _window.After(fromRevision)) watch.Offer(change, self);
        _watches.Add(watch);
    }

    public void Remove(ObjectWatch watch) => _watches.Remove(watch);

    /// <summary>The objects as they are now, to be read by any thread.</summary>
    public ResourceSnapshot ToSnapshot() => new(Name, _objects.ToTree());
}
