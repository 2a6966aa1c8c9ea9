using ActorPlane.Api;
using ActorPlane.Api.Coordination.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.Nodes;

namespace ActorPlane.Kubelet;

/// <summary>The objects that a kubelet keeps about its own node. Source: <c>pkg/kubelet/kubelet_node_status.go</c>, <c>nodestatus/setters.go</c>.</summary>
public static class NodeObjects
{
    /// <summary>The namespace of the nodes' leases.</summary>
    public const string LeaseNamespace = "kube-node-lease";

    private const int KubeletPort = 10250;

    private static readonly NodeDaemonEndpoints Endpoints = new() { KubeletEndpoint = new DaemonEndpoint { Port = KubeletPort } };

    private static readonly ValueMap<string> Annotations =
        ValueMap<string>.From([new("volumes.kubernetes.io/controller-managed-attach-detach", "true")]);

    /// <summary>The node as a kubelet registers it: Ready from the start.</summary>
    public static Node Register(MachineSpec machine, string bootId, KubeletSettings settings, DateTimeOffset now) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = machine.Name,
            Annotations = Annotations,
            Labels = machine.Labels.WithAll(
            [
                new("beta.kubernetes.io/arch", "amd64"),
                new("beta.kubernetes.io/os", "linux"),
                new("kubernetes.io/arch", "amd64"),
                new("kubernetes.io/hostname", machine.Name),
                new("kubernetes.io/os", "linux"),
            ]),
        },
        Spec = new NodeSpec
        {
            PodCIDR = machine.PodRange.ToString(),
            PodCIDRs = [machine.PodRange.ToString()],
            Taints = machine.Taints,
        },
        Status = StatusOf(NodeStatus.Empty, machine, bootId, settings, now),
    };

    /// <summary>What a kubelet says about its node now. A condition that stays as it was keeps its transition time; those of others stay.</summary>
    public static NodeStatus StatusOf(NodeStatus before, MachineSpec machine, string bootId, KubeletSettings settings, DateTimeOffset now)
    {
        ReadOnlySpan<NodeCondition> ours =
        [
            Condition(before, "MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available", now),
            Condition(before, "DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure", now),
            Condition(before, "PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available", now),
            Condition(before, "Ready", "True", "KubeletReady", "kubelet is posting ready status", now),
        ];
        return before with
        {
            Capacity = machine.Capacity.Resources,
            Allocatable = machine.Capacity.Resources,
            Conditions = [.. before.Conditions.RemoveAll(condition => condition.Type is "MemoryPressure" or "DiskPressure" or "PIDPressure" or "Ready"), .. ours],
            Addresses =
            [
                new NodeAddress { Type = "InternalIP", Address = machine.Address },
                new NodeAddress { Type = "Hostname", Address = machine.Name },
            ],
            DaemonEndpoints = Endpoints,
            NodeInfo = new NodeSystemInfo
            {
                MachineID = machine.MachineId,
                SystemUUID = machine.SystemUuid,
                BootID = bootId,
                KernelVersion = "virtual",
                OsImage = "ActorPlane",
                ContainerRuntimeVersion = "actorplane://0.1",
                KubeletVersion = settings.Version,
                KubeProxyVersion = settings.Version,
                OperatingSystem = "linux",
                Architecture = "amd64",
            },
        };
    }

    /// <summary>The node's lease, renewed now. Source: <c>component-helpers/apimachinery/lease/controller.go</c>.</summary>
    /// <param name="node">As registered: it owns the lease.</param>
    public static Lease LeaseOf(Node node, KubeletSettings settings, DateTimeOffset now) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = node.Metadata.Name,
            Namespace = LeaseNamespace,
            OwnerReferences = [new OwnerReference { ApiVersion = "v1", Kind = "Node", Name = node.Metadata.Name, Uid = node.Metadata.Uid }],
        },
        Spec = new LeaseSpec
        {
            HolderIdentity = node.Metadata.Name,
            LeaseDurationSeconds = (int)settings.LeaseDuration.TotalSeconds,
            RenewTime = MicroTimestamp.From(now),
        },
    };

    /// <summary>The same lease, renewed now.</summary>
    public static Lease Renewed(Lease lease, DateTimeOffset now) => lease with { Spec = lease.Spec with { RenewTime = MicroTimestamp.From(now) } };

    private static NodeCondition Condition(NodeStatus before, string type, string status, string reason, string message, DateTimeOffset now)
    {
        var old = before.Conditions.Find(condition => condition.Type == type);
        return new NodeCondition
        {
            Type = type,
            Status = status,
            Reason = reason,
            Message = message,
            LastHeartbeatTime = now,
            LastTransitionTime = old?.Status == status ? old.LastTransitionTime : now,
        };
    }
}
