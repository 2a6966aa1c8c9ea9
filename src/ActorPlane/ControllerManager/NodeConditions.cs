using ActorPlane.Api.Core.V1;

namespace ActorPlane.ControllerManager;

/// <summary>What is read out of nodes, beside <see cref="PodConditions"/>. (<c>pkg/util/node/node.go</c>.)</summary>
public static class NodeConditions
{
    /// <summary>Whether the condition Ready is True: the kubelet says so, and nobody has given the node up.</summary>
    public static bool IsReady(Node node) => node.Status.Conditions.Find(condition => condition.Type == "Ready") is { Status: "True" };
}
