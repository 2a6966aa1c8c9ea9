using ActorPlane.Api;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.ControllerManager.Nodes;

/// <summary>The taints that follow from a node's conditions. (<c>C/nodelifecycle/node_lifecycle_controller.go</c>.)</summary>
public static class NodeTaints
{
    /// <summary>The node says that it is not ready.</summary>
    public const string NotReady = "node.kubernetes.io/not-ready";

    /// <summary>The node has not been heard of.</summary>
    public const string Unreachable = "node.kubernetes.io/unreachable";

    /// <summary>The node is cordoned.</summary>
    public const string Unschedulable = "node.kubernetes.io/unschedulable";

    // Which status of which condition stands for which taint, in the order in which they are added.
    private static readonly (string Condition, string Status, string Key)[] ByCondition =
    [
        ("Ready", "False", NotReady),
        ("Ready", "Unknown", Unreachable),
        ("MemoryPressure", "True", "node.kubernetes.io/memory-pressure"),
        ("DiskPressure", "True", "node.kubernetes.io/disk-pressure"),
        ("NetworkUnavailable", "True", "node.kubernetes.io/network-unavailable"),
        ("PIDPressure", "True", "node.kubernetes.io/pid-pressure"),
    ];

    /// <summary>The status of the condition Ready: True, False or Unknown; null when there is none.</summary>
    public static string? ReadyStatus(Node node) => Condition(node.Status, "Ready")?.Status;

    /// <summary>The condition of that type, or null.</summary>
    public static NodeCondition? Condition(NodeStatus status, string type)
    {
        foreach (var condition in status.Conditions.AsSpan())
        {
            if (condition.Type == type) return condition;
        }

        return null;
    }

    /// <summary>The NoExecute taint that a node deserves: not-ready, unreachable, or null when it is ready or has not said yet.</summary>
    public static string? NoExecuteKey(Node node) => ReadyStatus(node) switch
    {
        "False" => NotReady,
        "Unknown" => Unreachable,
        _ => null,
    };

    /// <summary>
    /// The taints that the node should have: those of its own, NoSchedule as its conditions say, and NoExecute as far as
    /// <paramref name="leave"/> goes; one that is there and still deserved stays, the other kind is exchanged at once.
    /// </summary>
    public static ValueList<Taint> Wanted(Node node, EvictionLeave leave, DateTimeOffset now)
    {
        var taints = node.Spec.Taints;
        foreach (var (condition, status, key) in ByCondition) taints = With(taints, key, Has(node, condition, status), now);
        taints = With(taints, Unschedulable, node.Spec.Unschedulable == true, now);

        var deserved = leave == EvictionLeave.Withdrawn ? null : NoExecuteKey(node);
        var isEvicting = taints.FindIndex(IsNoExecute) >= 0;
        var evicts = isEvicting || leave == EvictionLeave.Granted;
        if (isEvicting) taints = WithoutNoExecute(taints, but: deserved);
        return deserved is not null && evicts && taints.FindIndex(IsNoExecute) < 0
            ? taints.Add(new Taint { Key = deserved, Effect = "NoExecute", TimeAdded = now })
            : taints;
    }

    /// <summary>Whether the node has one of the two taints that drive its pods away.</summary>
    public static bool IsEvicting(Node node) => node.Spec.Taints.FindIndex(IsNoExecute) >= 0;

    private static bool Has(Node node, string condition, string status) => Condition(node.Status, condition)?.Status == status;

    private static bool IsNoExecute(Taint taint) => taint is { Effect: "NoExecute", Key: NotReady or Unreachable };

    private static ValueList<Taint> WithoutNoExecute(ValueList<Taint> taints, string? but) =>
        taints.RemoveAll(taint => IsNoExecute(taint) && taint.Key != but);

    private static ValueList<Taint> With(ValueList<Taint> taints, string key, bool wanted, DateTimeOffset now)
    {
        // Asked of every node every few seconds, nearly always in vain: no closure.
        var index = taints.Count - 1;
        while (index >= 0 && !(taints[index].Key == key && taints[index].Effect == "NoSchedule")) index--;
        if (wanted == index >= 0) return taints;
        return wanted ? taints.Add(new Taint { Key = key, Effect = "NoSchedule", TimeAdded = now }) : taints.RemoveAt(index);
    }
}
