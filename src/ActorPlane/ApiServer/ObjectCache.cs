using System.Collections.Immutable;
using System.Globalization;
using ActorPlane.Api;
using ActorPlane.Api.ApiExtensions.V1;
using ActorPlane.Collections;
using ActorPlane.Etcd;
using Akka.Actor;

namespace ActorPlane.ApiServer;

/// <summary>Everything that is committed, by resource. Advances only by what etcd tells.</summary>
internal sealed class ObjectCache : IObjectReader
{
    private readonly ResourceTable _table;
    private readonly int _windowCapacity;
    private readonly long _start;
    private readonly Dictionary<string, ResourceCache> _resources = new(StringComparer.Ordinal);
    private readonly Dictionary<EtcdKey, StoredObject> _open = [];
    private readonly List<ResourceCache> _changed = [];
    private Queue<ResourceCache> _withHistory = new();
    private readonly Dictionary<EtcdKey, EtcdKeyValue> _unplaced = [];
    private ImmutableSortedDictionary<string, ResourceSnapshot> _published = ApiServerSnapshot.Empty.Resources;

    /// <summary>An empty cache whose history begins at a revision.</summary>
    public ObjectCache(ApiServerSettings settings, long revision) =>
        (_table, _windowCapacity, _start, Revision) = (new ResourceTable(), settings.WatchWindowEvents, revision, revision);

    /// <summary>The resources that are served: the built-in ones and those of the established definitions in here.</summary>
    public ResourceRegistry Registry { get; private set; } = ResourceRegistry.BuiltIn;

    /// <summary>Is told of a custom resource whose definition has changed or gone: open watches of it end.</summary>
    public Action<ResourceCache>? Redefined { get; set; }

    /// <summary>Everything up to this revision is in here.</summary>
    public long Revision { get; private set; }

    /// <summary>What admission made of pod specs; forgotten when what it depends on changes.</summary>
    public PodSpecMemo PodSpecs { get; } = new();

    /// <summary>The resource of that name, or null.</summary>
    public ResourceCache? Resource(string name)
    {
        if (_resources.TryGetValue(name, out var cache)) return cache;
        return _table.Find(name) is { } type ? Open(type, _start) : null;
    }

    /// <inheritdoc />
    public IKubeObject? Find(string resource, string @namespace, string name) => Resource(resource)?.Find(new NamespacedName(@namespace, name));

    /// <inheritdoc />
    public IEnumerable<IKubeObject> All(string resource) => Resource(resource)?.All ?? [];

    /// <summary>The place of an object that is to be written, whether it exists or not.</summary>
    public StoredObject Open(ResourceCache resource, NamespacedName name)
    {
        var stored = resource.Open(name, out var isNew);
        if (isNew) _open[stored.Key] = stored;
        return stored;
    }

    /// <summary>Forgets a place where nobody writes.</summary>
    public void CloseIfIdle(StoredObject stored)
    {
        if (!stored.IsIdle) return;
        stored.Resource.Close(stored);
        if (_open.GetValueOrDefault(stored.Key) == stored) _open.RemoveAndShrink(stored.Key);
    }

    /// <summary>Takes in what etcd holds at the start.</summary>
    public void Load(EtcdKeyValue keyValue)
    {
        if (!_table.TryParse(keyValue.Key.ToString(), out var type, out var name))
        {
            _unplaced[keyValue.Key] = keyValue;
            return;
        }

        var resource = Resource(type.Name)!;
        var item = ObjectOf(keyValue, type, name);
        resource.Load(item, keyValue.ModRevision);
        Touch(resource);
        if (item is CustomResourceDefinition definition) Define(Registry.With(definition), name.Name, _start);
    }

    /// <summary>Takes in a change and tells the watches.</summary>
    public void Apply(in EtcdWatchEvent news, IActorRef self, DateTimeOffset now)
    {
        Revision = news.Revision;
        if (PlaceOf(news.Key, out var stored) is not { } place)
        {
            if (news.IsDelete) _unplaced.Remove(news.Key);
            else _unplaced[news.Key] = news.KeyValue;
            if (stored?.InFlight is { } orphan) orphan.Outcome = news.IsDelete ? WithRevision(stored.Current!, news.Revision) : ObjectOf(news.KeyValue, stored.Resource.Type, stored.Name);
            return;
        }

        var (resource, name) = place;
        var before = stored is { Resource.IsForgotten: false } ? stored.Current : resource.Find(name);
        if (news.IsDelete && before is null) return;
        var after = news.IsDelete ? null : ObjectOf(news.KeyValue, resource.Type, name);
        var last = news.IsDelete ? WithRevision(before!, news.Revision) : null;
        if (stored is not null)
        {
            stored.Current = after;
            if (stored.InFlight is { } write) write.Outcome = after ?? last;
        }

        resource.Apply(name, new ObjectChange(before, after, last, news.Revision, news.Cause), self, now);
        if (resource.Name == CustomResources.Definitions)
            Define(after is CustomResourceDefinition current ? Registry.With(current) : Registry.Without(name.Name), name.Name, Revision);
        if (resource.Name is PodAdmission.PriorityClasses or ServiceAccountAdmission.ServiceAccounts or LimitRanger.LimitRanges or RuntimeClassAdmission.RuntimeClasses) PodSpecs.Clear();
        Touch(resource);
    }

    /// <summary>etcd has told everything up to this revision.</summary>
    public void AdvanceTo(long revision) => Revision = Math.Max(Revision, revision);

    /// <summary>Forgets changes from before a time, of one resource in each call.</summary>
    public void ForgetChanges(DateTimeOffset oldest)
    {
        if (!_withHistory.TryDequeue(out var resource)) return;
        resource.ForgetChanges(oldest);
        if (resource.HasChangesToForget) _withHistory.Enqueue(resource);
        else resource.IsInHistory = false;
    }

    /// <summary>Lets other threads see everything up to now.</summary>
    public void Publish(ApiServerSnapshots snapshots)
    {
        if (_changed.Count == 1)
        {
            // The common case, one write at a time, needs no builder.
            var resource = _changed[0];
            _published = _published.SetItem(resource.Name, resource.ToSnapshot());
            resource.IsTouched = false;
            _changed.Clear();
        }
        else if (_changed.Count > 1)
        {
            var builder = _published.ToBuilder();
            foreach (var resource in _changed)
            {
                builder[resource.Name] = resource.ToSnapshot();
                resource.IsTouched = false;
            }

            _changed.Clear();
            _published = builder.ToImmutable();
        }

        snapshots.Current = new ApiServerSnapshot(Revision, _published) { Registry = Registry };
    }

    private void Touch(ResourceCache resource)
    {
        if (resource is { IsInHistory: false, HasChangesToForget: true })
        {
            resource.IsInHistory = true;
            _withHistory.Enqueue(resource);
        }

        if (resource.IsTouched) return;
        resource.IsTouched = true;
        _changed.Add(resource);
    }

    /// <summary>What a key names, or null when it is no object of a resource that is served.</summary>
    /// <param name="stored">The writes of that key that are under way, or null.</param>
    private (ResourceCache Resource, NamespacedName Name)? PlaceOf(EtcdKey key, out StoredObject? stored)
    {
        if (_open.TryGetValue(key, out stored) && !stored.Resource.IsForgotten) return (stored.Resource, stored.Name);
        return _table.TryParse(key.ToString(), out var type, out var name) ? (Resource(type.Name)!, name) : null;
    }

    /// <summary>A definition has come, changed or gone.</summary>
    /// <param name="floor">Watches of a resource that comes begin at this revision at the earliest.</param>
    private void Define(ResourceRegistry registry, string name, long floor)
    {
        if (ReferenceEquals(registry, Registry)) return;
        Registry = registry;
        var before = _resources.GetValueOrDefault(name);
        var versions = registry.VersionsOf(name);
        if (versions.Count == 0)
        {
            if (before is not null) Forget(before);
            return;
        }

        var type = _table.Define(versions);
        if (before is null)
        {
            Open(type, floor);
            foreach (var (key, keyValue) in _unplaced.Where(entry => entry.Key.ToString().StartsWith(type.Prefix, StringComparison.Ordinal)).OrderBy(entry => entry.Key.ToString(), StringComparer.Ordinal).ToList())
            {
                _unplaced.Remove(key);
                Load(keyValue);
            }

            return;
        }

        var isSame = before.Type.Info.Custom!.Definition.Spec == versions[0].Custom!.Definition.Spec;
        before.Redefine(type);
        Touch(before);
        if (!isSame) Redefined?.Invoke(before);
    }

    /// <summary>A custom resource is no longer defined. What is still stored of it stays in etcd, and comes back with a definition.</summary>
    private void Forget(ResourceCache resource)
    {
        Redefined?.Invoke(resource);
        _table.Remove(resource.Type);
        _resources.Remove(resource.Name);
        _changed.Remove(resource);
        if (resource.IsInHistory) _withHistory = new Queue<ResourceCache>(_withHistory.Where(other => other != resource));
        _published = _published.Remove(resource.Name);
        resource.IsForgotten = true;
        foreach (var item in resource.All)
        {
            var key = resource.Type.KeyOf(NamespacedName.Of(item));
            _unplaced[key] = new EtcdKeyValue(key, EtcdValue.Of(item, ObjectValueCodec.Instance), 0, StoredObject.RevisionOf(item), 0, 0);
        }
    }

    private ResourceCache Open(ResourceType type, long floor)
    {
        // What is seen now has been so since the beginning: a resource that nobody asked for has had no changes.
        var cache = new ResourceCache(type, _windowCapacity, floor);
        _resources.Add(type.Name, cache);
        return cache;
    }

    /// <summary>The stored object with its revision. etcd holds that very object from then on, so that there is one of it.</summary>
    private static IKubeObject ObjectOf(EtcdKeyValue keyValue, ResourceType type, NamespacedName name)
    {
        var item = WithRevision(ObjectValueCodec.Decode(keyValue.Value, type), keyValue.ModRevision);

        // Whoever writes to etcd past this server may have named it otherwise: the key counts.
        var (metadata, scope) = (item.Metadata, name.Namespace.Length == 0 ? null : name.Namespace);
        if (metadata.Name != name.Name || metadata.Namespace != scope) return item.WithMetadata(metadata with { Name = name.Name, Namespace = scope });

        // A custom one may have lost what its definition does not know now, but may know again: etcd keeps that.
        if (type.Info.Custom is null) keyValue.Share(item);
        return item;
    }

    private static IKubeObject WithRevision(IKubeObject item, long revision)
    {
        var text = revision.ToString(CultureInfo.InvariantCulture);
        return item.Metadata.ResourceVersion == text ? item : item.WithMetadata(item.Metadata with { ResourceVersion = text });
    }
}
