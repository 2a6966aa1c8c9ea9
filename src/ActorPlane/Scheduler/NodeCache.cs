using ActorPlane.Api.Core.V1;
using ActorPlane.Scheduler.Framework;

namespace ActorPlane.Scheduler;

/// <summary>
/// What the scheduler believes the cluster to be: every node with the claims of its pods. A pod whose binding is under
/// way is assumed to be on its node, so that the next pod does not take the same room; a failed binding is forgotten
/// again. (<c>S/internal/cache/cache.go</c>, node order of <c>node_tree.go</c>.)
/// </summary>
public sealed class NodeCache
{
    private const string RegionLabel = "topology.kubernetes.io/region";
    private const string ZoneLabel = "topology.kubernetes.io/zone";

    private readonly Dictionary<string, NodeInfo> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PlacedPod> _pods = new(StringComparer.Ordinal);

    // Zones and the nodes in them in order of arrival. Pods are spread over zones by taking nodes from each in turn.
    private readonly List<(string Name, List<NodeInfo> Nodes)> _zones = [];
    private NodeInfo[] _ordered = [];
    private bool _orderIsStale;

    /// <summary>All known nodes, one of each zone in turn.</summary>
    public ReadOnlySpan<NodeInfo> Nodes
    {
        get
        {
            if (_orderIsStale) Reorder();
            return _ordered;
        }
    }

    /// <summary>Pods on nodes, assumed ones included.</summary>
    public int PodCount => _pods.Count;

    /// <summary>A node joined or changed. Says what of it can matter to waiting pods.</summary>
    public ClusterEvents SetNode(Node node)
    {
        var info = InfoOf(node.Metadata.Name!);
        var before = info.Node;
        var events = info.SetNode(node);
        if (before is null)
        {
            AddToZone(info);
        }
        else if (ZoneOf(before) != ZoneOf(node))
        {
            RemoveFromZone(info, ZoneOf(before));
            AddToZone(info);
        }

        return events;
    }

    /// <summary>A node left. Its pods stay counted in case it comes back before they go.</summary>
    public void RemoveNode(string name)
    {
        if (!_nodes.TryGetValue(name, out var info) || info.Node is not { } node) return;
        RemoveFromZone(info, ZoneOf(node));
        info.ClearNode();
        if (info.PodCount == 0) _nodes.Remove(name);
    }

    /// <summary>Counts the pod on the node to which it is about to be bound.</summary>
    public void Assume(PodInfo pod, NodeInfo node) => Place(pod.Pod.Metadata.Uid!, pod.Demand, node, assumed: true);

    /// <summary>Takes an assumption back. Does nothing when the pod was seen bound meanwhile, or is unknown.</summary>
    public bool Forget(string uid) => _pods.TryGetValue(uid, out var placed) && placed.Assumed && Remove(uid);

    /// <summary>A bound, unfinished pod was seen.</summary>
    public void SetPod(Pod pod)
    {
        var (uid, nodeName) = (pod.Metadata.Uid!, pod.Spec.NodeName!);
        if (_pods.TryGetValue(uid, out var placed))
        {
            if (ReferenceEquals(placed.Spec, pod.Spec)) return;
            if (placed.Node.Name == nodeName && placed.Assumed)
            {
                // The spec of the bound pod is the one that was assumed, plus the node's name.
                _pods[uid] = placed with { Assumed = false, Spec = pod.Spec };
                return;
            }

            Remove(uid);
        }

        Place(uid, PodDemand.Of(pod.Spec), InfoOf(nodeName), assumed: false, pod.Spec);
    }

    /// <summary>A bound pod is gone or has ended. False when it was not counted.</summary>
    public bool RemovePod(string uid) => Remove(uid);

    /// <summary>Whether the pod counts on a node, bound or assumed.</summary>
    public bool Contains(string uid) => _pods.ContainsKey(uid);

    private void Place(string uid, PodDemand demand, NodeInfo node, bool assumed, PodSpec? spec = null)
    {
        _pods.Add(uid, new PlacedPod(node, demand, spec, assumed));
        node.Add(demand);
    }

    private bool Remove(string uid)
    {
        if (!_pods.Remove(uid, out var placed)) return false;
        placed.Node.Remove(placed.Demand);
        if (placed.Node is { PodCount: 0, Node: null }) _nodes.Remove(placed.Node.Name);
        return true;
    }

    private NodeInfo InfoOf(string name)
    {
        if (!_nodes.TryGetValue(name, out var info)) _nodes[name] = info = new NodeInfo(name);
        return info;
    }

    private static string ZoneOf(Node node)
    {
        var labels = node.Metadata.Labels;
        return $"{labels.GetValueOrDefault(RegionLabel)}/{labels.GetValueOrDefault(ZoneLabel)}";
    }

    private void AddToZone(NodeInfo info)
    {
        var zone = ZoneOf(info.Node!);
        var index = _zones.FindIndex(known => known.Name == zone);
        if (index < 0)
        {
            _zones.Add((zone, []));
            index = _zones.Count - 1;
        }

        _zones[index].Nodes.Add(info);
        _orderIsStale = true;
    }

    private void RemoveFromZone(NodeInfo info, string zone)
    {
        var index = _zones.FindIndex(known => known.Name == zone);
        _zones[index].Nodes.Remove(info);
        if (_zones[index].Nodes.Count == 0) _zones.RemoveAt(index);
        _orderIsStale = true;
    }

    private void Reorder()
    {
        _ordered = new NodeInfo[_zones.Sum(zone => zone.Nodes.Count)];
        var next = 0;
        for (var round = 0; next < _ordered.Length; round++)
        {
            foreach (var (_, nodes) in _zones)
            {
                if (round < nodes.Count) _ordered[next++] = nodes[round];
            }
        }

        _orderIsStale = false;
    }

    private sealed record PlacedPod(NodeInfo Node, PodDemand Demand, PodSpec? Spec, bool Assumed);
}
