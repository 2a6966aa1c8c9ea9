using ActorPlane.Api;
using ActorPlane.ApiServer;

namespace ActorPlane.Tests.ApiServer;

/// <summary>The committed objects that a pure test plans against.</summary>
internal sealed class ObjectTable : IObjectReader
{
    private readonly SortedDictionary<(string Resource, NamespacedName Name), IKubeObject> _objects = [];

    public void Put(string resource, IKubeObject item) => _objects[(resource, NamespacedName.Of(item))] = item;

    public IKubeObject? Find(string resource, string @namespace, string name) =>
        _objects.GetValueOrDefault((resource, new NamespacedName(@namespace, name)));

    public IEnumerable<IKubeObject> All(string resource) => _objects.Where(entry => entry.Key.Resource == resource).Select(entry => entry.Value);
}
