using CoreNode = ActorPlane.Api.Core.V1.Node;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/core/v1/defaults.go SetDefaults_NodeStatus.</summary>
public static class NodeDefaults
{
    /// <summary>What can be given to pods is all that the machine has, unless it says otherwise.</summary>
    public static CoreNode Apply(CoreNode value)
    {
        var capacity = value.Status.Capacity.RoundedUp();
        var allocatable = (value.Status.Allocatable.IsEmpty ? capacity : value.Status.Allocatable).RoundedUp();
        return ReferenceEquals(capacity, value.Status.Capacity) && ReferenceEquals(allocatable, value.Status.Allocatable)
            ? value : value with { Status = value.Status with { Capacity = capacity, Allocatable = allocatable } };
    }
}
