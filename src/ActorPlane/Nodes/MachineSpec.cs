using ActorPlane.Api;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.Nodes;

/// <summary>What stays the same about a machine as long as it exists.</summary>
/// <param name="Address">Its own IPv4 address.</param>
/// <param name="PodRange">Where its pods' addresses come from.</param>
/// <param name="MachineId">32 hexadecimal digits.</param>
/// <param name="SystemUuid">A UUID.</param>
public sealed record MachineSpec(
    string Name, NodeCapacity Capacity, ValueMap<string> Labels, ValueList<Taint> Taints, string Address, Cidr PodRange, string MachineId, string SystemUuid);
