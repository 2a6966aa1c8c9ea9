using ActorPlane.Api;
using ActorPlane.Api.Coordination.V1;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.ControllerManager.Nodes;

/// <summary>
/// When a node was last heard of: its lease was renewed or its status written. The time is that of the observer, so that
/// clocks need not agree. (<c>nodeHealthData</c> and <c>tryUpdateNodeHealth</c> in <c>C/nodelifecycle/node_lifecycle_controller.go</c>.)
/// </summary>
/// <param name="HeardAt">When news of the node last came, by our own clock.</param>
/// <param name="Heartbeat">The heartbeat in the condition Ready as last seen.</param>
/// <param name="Renewal">The renewal of the lease as last seen.</param>
public readonly record struct NodeHealth(DateTimeOffset HeardAt, Timestamp? Heartbeat, MicroTimestamp? Renewal)
{
    private static readonly string[] KubeletConditions = ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"];

    /// <summary>A node that is seen for the first time.</summary>
    public static NodeHealth Begin(Node node, Lease? lease, DateTimeOffset now) => new(now, HeartbeatOf(node), lease?.Spec.RenewTime);

    /// <summary>After a look at the node and its lease.</summary>
    public NodeHealth Observe(Node node, Lease? lease, DateTimeOffset now)
    {
        var heartbeat = HeartbeatOf(node);
        var renewal = lease?.Spec.RenewTime;
        var isRenewed = renewal is { } latest && (Renewal is not { } known || latest > known);
        return isRenewed || heartbeat != Heartbeat ? new NodeHealth(now, heartbeat, isRenewed ? renewal : Renewal) : this;
    }

    /// <summary>
    /// The status with all conditions of the kubelet Unknown when the node has not been heard of for too long; null when
    /// it has been, or when its status says so already.
    /// </summary>
    public NodeStatus? JudgeLost(Node node, NodeLifecycleSettings settings, DateTimeOffset now)
    {
        var grace = NodeTaints.Condition(node.Status, "Ready") is null ? settings.StartupGracePeriod : settings.MonitorGracePeriod;
        return now <= HeardAt + grace ? null : Lost(node, now);
    }

    // Apart from the judgement, which nearly always goes the other way and then needs no closure.
    private static NodeStatus? Lost(Node node, DateTimeOffset now)
    {
        var conditions = node.Status.Conditions;
        foreach (var type in KubeletConditions)
        {
            var index = conditions.FindIndex(condition => condition.Type == type);
            if (index < 0)
            {
                conditions = conditions.Add(new NodeCondition
                {
                    Type = type,
                    Status = "Unknown",
                    Reason = "NodeStatusNeverUpdated",
                    Message = "Kubelet never posted node status.",
                    LastHeartbeatTime = node.Metadata.CreationTimestamp,
                    LastTransitionTime = now,
                });
            }
            else if (conditions[index].Status != "Unknown")
            {
                conditions = conditions.SetItem(index, conditions[index] with
                {
                    Status = "Unknown",
                    Reason = "NodeStatusUnknown",
                    Message = "Kubelet stopped posting node status.",
                    LastTransitionTime = now,
                });
            }
        }

        return ReferenceEquals(conditions, node.Status.Conditions) ? null : node.Status with { Conditions = conditions };
    }

    private static Timestamp? HeartbeatOf(Node node) => NodeTaints.Condition(node.Status, "Ready")?.LastHeartbeatTime;
}
