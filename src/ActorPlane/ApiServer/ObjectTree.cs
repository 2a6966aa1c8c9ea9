using System.Collections;
using System.Diagnostics.CodeAnalysis;
using ActorPlane.Api;
using ActorPlane.Collections;

namespace ActorPlane.ApiServer;

/// <summary>The objects of one resource at one moment, by namespace and name. Immutable: any thread may read it.</summary>
public sealed class ObjectTree : IReadOnlyDictionary<NamespacedName, IKubeObject>
{
    private readonly SortedTree<NamespacedName, Entry> _items;

    private ObjectTree(SortedTree<NamespacedName, Entry> items) => _items = items;

    /// <summary>No objects.</summary>
    public static ObjectTree Empty { get; } = new(SortedTree<NamespacedName, Entry>.Empty);

    /// <summary>How many objects there are.</summary>
    public int Count => _items.Count;

    /// <summary>The names in order.</summary>
    public IEnumerable<NamespacedName> Keys => _items.All().Select(static item => item.Key);

    /// <summary>The objects in order.</summary>
    public IEnumerable<IKubeObject> Values => _items.All().Select(static item => item.Object!);

    /// <inheritdoc />
    public IKubeObject this[NamespacedName key] => _items.Find(key).Object ?? throw new KeyNotFoundException($"There is no {key}.");

    /// <inheritdoc />
    public bool ContainsKey(NamespacedName key) => !_items.Find(key).IsNone;

    /// <inheritdoc />
    public bool TryGetValue(NamespacedName key, [MaybeNullWhen(false)] out IKubeObject value) => (value = _items.Find(key).Object) is not null;

    /// <summary>The objects after a name, in order, with their names.</summary>
    public IEnumerable<KeyValuePair<NamespacedName, IKubeObject>> After(NamespacedName name) => _items.After(name).Select(static item => item.ToPair());

    /// <summary>How many objects stand before a name; the cost does not grow with their number.</summary>
    public int CountBefore(NamespacedName name) => _items.Rank(name);

    /// <inheritdoc />
    public IEnumerator<KeyValuePair<NamespacedName, IKubeObject>> GetEnumerator() => _items.All().Select(static item => item.ToPair()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Changes a tree; not for more than one thread. Trees that it returned never change.</summary>
    public sealed class Editor
    {
        private readonly SortedTree<NamespacedName, Entry>.Editor _items = new(SortedTree<NamespacedName, Entry>.Empty);

        /// <summary>How many objects there are.</summary>
        public int Count => _items.Count;

        /// <summary>The objects in order; to be read only until the next change.</summary>
        public IEnumerable<IKubeObject> Values => _items.View().All().Select(static item => item.Object!);

        /// <summary>The object of that name, or null.</summary>
        public IKubeObject? Find(NamespacedName name) => _items.Find(name).Object;

        /// <summary>Adds an object, or puts it in the place of the one of its name.</summary>
        public void Set(IKubeObject item) => _items.Set(new Entry(item));

        /// <summary>Removes the object of that name, if there is one.</summary>
        public void Remove(NamespacedName name) => _items.Remove(name);

        /// <summary>The objects as they are now.</summary>
        public ObjectTree ToTree() => new(_items.ToTree());
    }

    private readonly struct Entry(IKubeObject item) : IKeyed<NamespacedName>
    {
        public readonly IKubeObject? Object = item;

        public NamespacedName Key => NamespacedName.Of(Object!);

        public bool IsNone => Object is null;

        public KeyValuePair<NamespacedName, IKubeObject> ToPair() => KeyValuePair.Create(Key, Object!);
    }
}
