using ActorPlane.Api;
using ActorPlane.Api.Meta.V1;
using ActorPlane.ApiServer;

namespace ActorPlane.ControllerManager.GarbageCollection;

/// <summary>
/// Who names whom as an owner, over all resources: the objects themselves stay in the informers' copies.
/// A change of one object costs the same however many there are. (<c>C/garbagecollector/graph_builder.go</c>.)
/// </summary>
public sealed class OwnershipGraph
{
    private static readonly HashSet<GarbageKey> None = [];

    private readonly Dictionary<string, HashSet<GarbageKey>> _dependents = new(StringComparer.Ordinal);

    /// <summary>An object was seen with these owners.</summary>
    public void Add(GarbageKey key, ValueList<OwnerReference> owners)
    {
        foreach (var owner in owners.AsSpan())
        {
            if (!_dependents.TryGetValue(owner.Uid ?? "", out var dependents)) _dependents[owner.Uid ?? ""] = dependents = [];
            dependents.Add(key);
        }
    }

    /// <summary>An object no longer has these owners.</summary>
    public void Remove(GarbageKey key, ValueList<OwnerReference> owners)
    {
        foreach (var owner in owners.AsSpan())
        {
            if (_dependents.TryGetValue(owner.Uid ?? "", out var dependents) && dependents.Remove(key) && dependents.Count == 0) _dependents.Remove(owner.Uid ?? "");
        }
    }

    /// <summary>Whether anything names this object as its owner.</summary>
    public bool HasDependents(string uid) => _dependents.ContainsKey(uid);

    /// <summary>Those that name this object as their owner, by resource and name.</summary>
    public IReadOnlyList<GarbageKey> DependentsOf(string uid) =>
        [.. _dependents.GetValueOrDefault(uid, None).OrderBy(key => key.Resource, StringComparer.Ordinal).ThenBy(key => key.Name)];
}
