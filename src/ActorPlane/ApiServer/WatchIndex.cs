using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using Akka.Actor;

namespace ActorPlane.ApiServer;

/// <summary>
/// The open watches of one resource, so arranged that a change looks only at those that may want it: the ones of its
/// name, the ones of the node that it was and is on, and the ones that name neither. What a change costs does therefore
/// not grow with the number of nodes, each of which watches its own pods and its own Node object.
/// </summary>
internal sealed class WatchIndex
{
    private readonly List<ObjectWatch> _broad = [];
    private readonly Dictionary<string, List<ObjectWatch>> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ObjectWatch>> _byNode = new(StringComparer.Ordinal);

    /// <summary>How many watches there are.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a watch.</summary>
    public void Add(ObjectWatch watch)
    {
        if (watch.Selector.Name is { } name) ListFor(_byName, name).Add(watch);
        else if (watch.Selector.NodeName is { } node) ListFor(_byNode, node).Add(watch);
        else _broad.Add(watch);
        Count++;
    }

    /// <summary>Removes a watch that was added.</summary>
    public void Remove(ObjectWatch watch)
    {
        if (watch.Selector.Name is { } name) RemoveFrom(_byName, name, watch);
        else if (watch.Selector.NodeName is { } node) RemoveFrom(_byNode, node, watch);
        else _broad.Remove(watch);
        Count--;
    }

    /// <summary>Tells everyone concerned of a change: those of its name first, then those of its nodes, then the others, each in the order in which they came.</summary>
    public void Offer(in ObjectChange change, IActorRef self)
    {
        if (Count == 0) return;
        if (_byName.Count > 0 && _byName.TryGetValue((change.After ?? change.Before!).Metadata.Name!, out var named))
        {
            foreach (var watch in named) watch.Offer(change, self);
        }

        if (_byNode.Count > 0)
        {
            var before = NodeOf(change.Before);
            var after = NodeOf(change.After);
            OfferToNode(before, change, self);
            if (after != before) OfferToNode(after, change, self);
        }

        foreach (var watch in _broad) watch.Offer(change, self);
    }

    private void OfferToNode(string? node, in ObjectChange change, IActorRef self)
    {
        if (string.IsNullOrEmpty(node) || !_byNode.TryGetValue(node, out var watches)) return;
        foreach (var watch in watches) watch.Offer(change, self);
    }

    private static string? NodeOf(IKubeObject? item) => (item as Pod)?.Spec.NodeName;

    private static List<ObjectWatch> ListFor(Dictionary<string, List<ObjectWatch>> index, string key)
    {
        if (!index.TryGetValue(key, out var watches)) index.Add(key, watches = new List<ObjectWatch>(1));
        return watches;
    }

    private static void RemoveFrom(Dictionary<string, List<ObjectWatch>> index, string key, ObjectWatch watch)
    {
        if (!index.TryGetValue(key, out var watches)) return;
        watches.Remove(watch);
        if (watches.Count == 0) index.Remove(key);
    }
}
