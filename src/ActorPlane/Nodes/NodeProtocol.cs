using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Faults;
using ActorPlane.Tracing;

namespace ActorPlane.Nodes;

/// <summary>The conversation with <c>/user/nodes</c>, which holds the machines. What goes wrong with machines is <see cref="FaultProtocol"/>'s.</summary>
public static class NodeProtocol
{
    /// <summary>Builds a machine and powers it on; its kubelet registers it. Replies: <see cref="NodeAdded"/> or <see cref="NodeRefused"/>.</summary>
    /// <param name="Name">A DNS subdomain name that no other machine has.</param>
    public sealed record AddNode(
        long RequestId, string Name, NodeCapacity Capacity, ValueMap<string> Labels, ValueList<Taint> Taints, Cause Cause) : ITraced
    {
        /// <inheritdoc />
        public string Describe() => $"add node {Name} ({Capacity})";
    }

    /// <summary>
    /// Takes a machine away for good, with all that runs on it. Its Node object stays, as when a machine is pulled from
    /// its rack. Replies: <see cref="NodeRemoved"/> or <see cref="NodeRefused"/>.
    /// </summary>
    public sealed record RemoveNode(long RequestId, string Name, Cause Cause) : ITraced
    {
        /// <inheritdoc />
        public string Describe() => $"remove node {Name}";
    }

    /// <summary>The machine is there and boots.</summary>
    public sealed record NodeAdded(long RequestId, string Name, Cause Cause) : ITraced
    {
        /// <inheritdoc />
        public string Describe() => $"node {Name} added";
    }

    /// <summary>The machine is gone.</summary>
    public sealed record NodeRemoved(long RequestId, string Name, Cause Cause) : ITraced
    {
        /// <inheritdoc />
        public string Describe() => $"node {Name} removed";
    }

    /// <summary>Nothing was done.</summary>
    /// <param name="Reason">To be read after the node's name, such as <c>exists already</c>.</param>
    public sealed record NodeRefused(long RequestId, string Name, string Reason, Cause Cause) : ITraced
    {
        /// <inheritdoc />
        public string Describe() => $"node {Name} {Reason}";
    }

    /// <summary>
    /// A fault for a container, with its whereabouts; passed on from machine to container. <paramref name="Fault"/> is
    /// answered to the sender by whoever knows its fate.
    /// </summary>
    public sealed record ContainerFault(string Node, string PodUid, string Container, FaultProtocol.IFault Fault) : ITraced
    {
        /// <inheritdoc />
        public Cause Cause => Fault.Cause;

        /// <inheritdoc />
        public string Describe() => Fault.Describe();
    }
}
