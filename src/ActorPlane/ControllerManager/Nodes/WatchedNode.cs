using ActorPlane.Api.Coordination.V1;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.ControllerManager.Nodes;

/// <summary>What <see cref="NodeLifecycleController"/> knows of one node.</summary>
/// <param name="node">As first seen.</param>
/// <param name="health">Likewise.</param>
public sealed class WatchedNode(Node node, NodeHealth health)
{
    private Node _node = node;
    private Node? _observedNode;
    private Lease? _observedLease;

    /// <summary>Another one than that of a node of the same name that was there before.</summary>
    public string Uid { get; } = node.Metadata.Uid!;

    /// <summary>The node as last seen.</summary>
    public Node Node
    {
        get => _node;
        set
        {
            if (ReferenceEquals(value, _node)) return;
            _node = value;
            Zone = ZoneOf(value);
            IsReady = NodeTaints.ReadyStatus(value) == "True";
        }
    }

    /// <summary>Its lease as last seen; null when there is none.</summary>
    public Lease? Lease { get; set; }

    /// <summary>The zone that its labels name: <see cref="ZoneOf"/>.</summary>
    public string Zone { get; private set; } = ZoneOf(node);

    /// <summary>Its condition Ready is True.</summary>
    public bool IsReady { get; private set; } = NodeTaints.ReadyStatus(node) == "True";

    /// <summary>When it was heard of.</summary>
    public NodeHealth Health { get; set; } = health;

    /// <summary>A write of ours is under way: a second one would only conflict with it.</summary>
    public bool IsBusy { get; set; }

    /// <summary>Its pods have to be marked as not ready.</summary>
    public bool PodsToMark { get; set; }

    /// <summary>The node as it was when its taints were found right, with no need to look again until it changes.</summary>
    public Node? WellTainted { get; set; }

    /// <summary>Its turn to be tainted NoExecute has come.</summary>
    public bool HasLeave { get; set; }

    /// <summary><c>region/zone</c> by its labels; <c>/</c> when it has neither. (GetZoneKey in <c>G/component-helpers/node/topology</c>.)</summary>
    public static string ZoneOf(Node node)
    {
        var labels = node.Metadata.Labels;
        var region = labels.GetValueOrDefault("topology.kubernetes.io/region");
        var zone = labels.GetValueOrDefault("topology.kubernetes.io/zone");
        return region is null && zone is null ? "/" : $"{region}/{zone}";
    }

    /// <summary>Takes note of what came from the node since the last look.</summary>
    public void Observe(DateTimeOffset now)
    {
        if (ReferenceEquals(_observedNode, _node) && ReferenceEquals(_observedLease, Lease)) return;
        (_observedNode, _observedLease) = (_node, Lease);
        Health = Health.Observe(_node, Lease, now);
    }
}
