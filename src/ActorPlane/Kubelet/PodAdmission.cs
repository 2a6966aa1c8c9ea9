using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Nodes;
using ActorPlane.Scheduler.Framework;

namespace ActorPlane.Kubelet;

/// <summary>
/// A node's own check of a pod that was bound to it: the scheduler may have decided on old knowledge, or somebody set
/// <c>spec.nodeName</c> by hand. Source: <c>pkg/kubelet/lifecycle/predicate.go</c>.
/// </summary>
public static class PodAdmission
{
    /// <summary>Why the node has no room for the pod, or null.</summary>
    /// <param name="used">What the pods that were admitted before and have not ended take.</param>
    public static PodRejection? NoRoom(PodDemand demand, NodeCapacity capacity, NodeUsage used) =>
        Short("pods", 1, used.Pods, capacity.Pods)
        ?? Short("cpu", demand.MilliCpu, used.MilliCpu, capacity.Cpu.MilliValue)
        ?? Short("memory", demand.Memory, used.Memory, capacity.Memory.Value)
        ?? Short("ephemeral-storage", demand.EphemeralStorage, used.EphemeralStorage, capacity.EphemeralStorage.Value);

    /// <summary>Whether the pod wants labels of its node.</summary>
    public static bool ChoosesNode(PodSpec spec) => !spec.NodeSelector.IsEmpty || spec.Affinity?.NodeAffinity is not null;

    /// <summary>Why the node's labels do not suit the pod, or null.</summary>
    public static PodRejection? WrongNode(PodSpec spec, Node node) =>
        NodeSelectors.MatchesRequired(spec, node) ? null : Failed("NodeAffinity", "node(s) didn't match Pod's node affinity/selector");

    /// <summary>Why a port that the pod wants of the node is taken, or null.</summary>
    /// <param name="taken">The ports of the pods that were admitted before and have not ended.</param>
    public static PodRejection? PortTaken(PodDemand demand, IEnumerable<HostPort> taken) =>
        demand.HostPorts.Length > 0 && taken.Any(other => demand.HostPorts.Any(port => port.ConflictsWith(other)))
            ? Failed("NodePorts", "node(s) didn't have free ports for the requested pod ports")
            : null;

    private static PodRejection? Short(string resource, long requested, long used, long capacity) =>
        requested > 0 && requested > capacity - used
            ? new PodRejection($"OutOf{resource}", $"Node didn't have enough resource: {resource}, requested: {requested}, used: {used}, capacity: {capacity}")
            : null;

    private static PodRejection Failed(string predicate, string why) => new(predicate, $"Predicate {predicate} failed: {why}");
}
