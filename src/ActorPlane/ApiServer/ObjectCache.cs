using System.Collections.Immutable;
using ActorPlane.Api;
using ActorPlane.Api.ApiExtensions.V1;
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
    private readonly Dictionary<EtcdKey, StoredObject> _byKey = [];
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
    public IKubeObject? Find(string resource, string @namespace, string name) => Resource(resource)?.Find(new NamespacedName(@namespace, name))?.Current;

    /// <inheritdoc />
    public IEnumerable<IKubeObject> All(string resource) => Resource(resource)?.All ?? [];

    /// <summary>The place of an object, whether it exists or not.</summary>
    public StoredObject Open(ResourceCache resource, NamespacedName name)
    {
        if (resource.Find(name) is { } known) return known;
        var stored = resource.Open(name);
        _byKey.Add(stored.Key, stored);
        return stored;
    }

    /// <summary>Forgets a place where nothing is stored and nobody writes.</summary>
    public void CloseIfIdle(StoredObject stored)
    {
        if (!stored.IsIdle) return;
        stored.Resource.Close(stored);
        _byKey.Remove(stored.Key);
    }

    /// <summary>Takes in what etcd holds at the start.</summary>
    public void Load(EtcdKeyValue keyValue)
    {
        if (Place(keyValue.Key) is not { } stored)
        {
            _unplaced[keyValue.Key] = keyValue;
            return;
        }

        stored.Resource.Load(stored, ObjectOf(keyValue, stored.Resource.Type), keyValue.ModRevision);
        Touch(stored.Resource);
        if (stored.Current is CustomResourceDefinition definition) Define(Registry.With(definition), stored.Name.Name, _start);
    }

    /// <summary>Takes in a change and tells the watches.</summary>
    public void Apply(in EtcdWatchEvent news, IActorRef self, DateTimeOffset now)
    {
        Revision = news.Revision;
        if (Place(news.Key) is not { } stored)
        {
            if (news.IsDelete) _unplaced.Remove(news.Key);
            else _unplaced[news.Key] = news.KeyValue;
            return;
        }

        var before = stored.Current;
        if (news.IsDelete)
        {
            if (before is null)
            {
                CloseIfIdle(stored);
                return;
            }

            var last = WithRevision(before, news.Revision);
            if (stored.InFlight is { } removal) removal.Outcome = last;
            stored.Resource.Apply(stored, new ObjectChange(before, null, last, news.Revision, news.Cause), self, now);
            CloseIfIdle(stored);
        }
        else
        {
            var after = ObjectOf(news.KeyValue, stored.Resource.Type);
            if (stored.InFlight is { } write) write.Outcome = after;
            stored.Resource.Apply(stored, new ObjectChange(before, after, null, news.Revision, news.Cause), self, now);
        }

        if (stored.Resource.Name == CustomResources.Definitions)
        {
            var definition = stored.Name.Name;
            Define(stored.Current is CustomResourceDefinition current ? Registry.With(current) : Registry.Without(definition), definition, Revision);
        }

        if (stored.Resource.Name is PodAdmission.PriorityClasses or ServiceAccountAdmission.ServiceAccounts or LimitRanger.LimitRanges) PodSpecs.Clear();
        Touch(stored.Resource);
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

    private StoredObject? Place(EtcdKey key)
    {
        if (_byKey.TryGetValue(key, out var known)) return known;
        return _table.TryParse(key.ToString(), out var type, out var name) ? Open(Resource(type.Name)!, name) : null;
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
        foreach (var place in resource.Places)
        {
            _byKey.Remove(place.Key);
            if (place.Current is { } item)
                _unplaced[place.Key] = new EtcdKeyValue(place.Key, EtcdValue.Of(item, ObjectValueCodec.Instance), 0, place.ModRevision, 0, 0);
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
    private static IKubeObject ObjectOf(EtcdKeyValue keyValue, ResourceType type)
    {
        var item = WithRevision(ObjectValueCodec.Decode(keyValue.Value, type), keyValue.ModRevision);

        // A custom one may have lost what its definition does not know now, but may know again: etcd keeps that.
        if (type.Info.Custom is null) keyValue.Share(item);
        return item;
    }

    private static IKubeObject WithRevision(IKubeObject item, long revision) =>
        item.WithMetadata(item.Metadata with { ResourceVersion = revision.ToString(System.Globalization.CultureInfo.InvariantCulture) });
}
