using ActorPlane.Api.Core.V1;

namespace ActorPlane.Scheduler.Framework;

/// <summary>
/// A node with what its pods claim of it, in plain numbers, kept up to date pod by pod. cpu in milli-cores, the rest in
/// bytes or pieces. (<c>S/framework/types.go</c>, NodeInfo.)
/// </summary>
public sealed class NodeInfo(string name)
{
    private readonly List<HostPort> _ports = [];
    private Dictionary<string, long>? _extendedAllocatable;
    private Dictionary<string, long>? _extendedRequested;

    /// <summary>The node's name; pods may name it before the node is known.</summary>
    public string Name { get; } = name;

    /// <summary>The object, or null while only pods name it.</summary>
    public Node? Node { get; private set; }

    /// <summary>Cordoned.</summary>
    public bool Unschedulable { get; private set; }

    /// <summary>Taints with effect NoSchedule or NoExecute.</summary>
    public NodeTaint[] HardTaints { get; private set; } = [];

    /// <summary>Taints with effect PreferNoSchedule.</summary>
    public Taint[] SoftTaints { get; private set; } = [];

    /// <summary>Milli-cores on offer.</summary>
    public long AllocatableMilliCpu { get; private set; }

    /// <summary>Bytes on offer.</summary>
    public long AllocatableMemory { get; private set; }

    /// <summary>Bytes on offer.</summary>
    public long AllocatableEphemeralStorage { get; private set; }

    /// <summary>How many pods it takes.</summary>
    public long AllowedPods { get; private set; }

    /// <summary>Milli-cores claimed.</summary>
    public long RequestedMilliCpu { get; private set; }

    /// <summary>Bytes claimed.</summary>
    public long RequestedMemory { get; private set; }

    /// <summary>Bytes claimed.</summary>
    public long RequestedEphemeralStorage { get; private set; }

    /// <summary>Milli-cores claimed, with the default for containers without a request.</summary>
    public long ScoredMilliCpu { get; private set; }

    /// <summary>Bytes claimed, with the default for containers without a request.</summary>
    public long ScoredMemory { get; private set; }

    /// <summary>Pods on the node, assumed ones included.</summary>
    public int PodCount { get; private set; }

    /// <summary>Takes the object's news in and says what changed that can matter to a waiting pod.</summary>
    public ClusterEvents SetNode(Node node)
    {
        var before = Node;
        var (cpu, memory, storage, pods) = (AllocatableMilliCpu, AllocatableMemory, AllocatableEphemeralStorage, AllowedPods);
        Node = node;
        if (before is null || !ReferenceEquals(before.Status.Allocatable, node.Status.Allocatable)) ReadAllocatable(node);
        if (before is null || !ReferenceEquals(before.Spec.Taints, node.Spec.Taints)) ReadTaints(node);
        Unschedulable = node.Spec.Unschedulable == true;
        if (before is null) return ClusterEvents.NodeAdded;

        var events = ClusterEvents.None;
        if (cpu != AllocatableMilliCpu || memory != AllocatableMemory || storage != AllocatableEphemeralStorage || pods != AllowedPods
            || (_extendedAllocatable is not null && before.Status.Allocatable != node.Status.Allocatable))
            events |= ClusterEvents.NodeAllocatableChanged;
        if (before.Metadata.Labels != node.Metadata.Labels) events |= ClusterEvents.NodeLabelsChanged;
        if (before.Spec.Taints != node.Spec.Taints) events |= ClusterEvents.NodeTaintsChanged;
        if ((before.Spec.Unschedulable == true) != Unschedulable) events |= ClusterEvents.NodeUnschedulableChanged;
        return events;
    }

    /// <summary>The node is gone; its pods are not yet.</summary>
    public void ClearNode() => Node = null;

    /// <summary>Adds a pod's claim.</summary>
    public void Add(PodDemand demand)
    {
        Count(demand, 1);
        if (demand.HostPorts.Length > 0) _ports.AddRange(demand.HostPorts);
    }

    /// <summary>Takes a pod's claim away.</summary>
    public void Remove(PodDemand demand)
    {
        Count(demand, -1);
        foreach (var port in demand.HostPorts) _ports.Remove(port);
    }

    /// <summary>Whether one of the ports is taken.</summary>
    public bool HasPortConflict(HostPort[] wanted)
    {
        foreach (var port in wanted)
        {
            foreach (var used in _ports)
            {
                if (port.ConflictsWith(used)) return true;
            }
        }

        return false;
    }

    /// <summary>What is left of any other resource; 0 of an unknown one.</summary>
    public long FreeExtended(string resource) =>
        (_extendedAllocatable?.GetValueOrDefault(resource) ?? 0) - (_extendedRequested?.GetValueOrDefault(resource) ?? 0);

    private void Count(PodDemand demand, int sign)
    {
        PodCount += sign;
        RequestedMilliCpu += sign * demand.MilliCpu;
        RequestedMemory += sign * demand.Memory;
        RequestedEphemeralStorage += sign * demand.EphemeralStorage;
        ScoredMilliCpu += sign * demand.ScoredMilliCpu;
        ScoredMemory += sign * demand.ScoredMemory;
        foreach (var (resource, amount) in demand.Extended)
        {
            _extendedRequested ??= new Dictionary<string, long>(StringComparer.Ordinal);
            _extendedRequested[resource] = _extendedRequested.GetValueOrDefault(resource) + sign * amount;
        }
    }

    private void ReadAllocatable(Node node)
    {
        (AllocatableMilliCpu, AllocatableMemory, AllocatableEphemeralStorage, AllowedPods) = (0, 0, 0, 0);
        _extendedAllocatable = null;
        foreach (var (resource, amount) in node.Status.Allocatable)
        {
            switch (resource)
            {
                case "cpu":
                    AllocatableMilliCpu = amount.MilliValue;
                    break;
                case "memory":
                    AllocatableMemory = amount.Value;
                    break;
                case "ephemeral-storage":
                    AllocatableEphemeralStorage = amount.Value;
                    break;
                case "pods":
                    AllowedPods = amount.Value;
                    break;
                default:
                    (_extendedAllocatable ??= new Dictionary<string, long>(StringComparer.Ordinal))[resource] = amount.Value;
                    break;
            }
        }
    }

    private void ReadTaints(Node node)
    {
        (HardTaints, SoftTaints) = ([], []);
        if (node.Spec.Taints.IsEmpty) return;
        HardTaints = [.. node.Spec.Taints.Where(taint => taint.Effect is "NoSchedule" or "NoExecute").Select(NodeTaint.Of)];
        SoftTaints = [.. node.Spec.Taints.Where(taint => taint.Effect == "PreferNoSchedule")];
    }
}
