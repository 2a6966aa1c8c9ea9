using CoreNode = ActorPlane.Api.Core.V1.Node;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/core/v1/defaults.go SetDefaults_NodeStatus, pkg/apis/core/v1/conversion.go.</summary>
public static class NodeDefaults
{
    /// <summary>What can be given to pods is all that the machine has, unless it says otherwise.</summary>
    public static CoreNode Apply(CoreNode value)
    {
        var capacity = value.Status.Capacity.RoundedUp();
        var allocatable = (value.Status.Allocatable.IsEmpty ? capacity : value.Status.Allocatable).RoundedUp();
        value = WithRanges(value);
        return ReferenceEquals(capacity, value.Status.Capacity) && ReferenceEquals(allocatable, value.Status.Allocatable)
            ? value : value with { Status = value.Status with { Capacity = capacity, Allocatable = allocatable } };
    }

    // The one range and the first of the list are the same (pkg/apis/core/v1/conversion.go, NodeSpec).
    private static CoreNode WithRanges(CoreNode value)
    {
        var spec = value.Spec;
        if (!string.IsNullOrEmpty(spec.PodCIDR)) return spec.PodCIDRs is [var first, ..] && first == spec.PodCIDR ? value : value with { Spec = spec with { PodCIDRs = [spec.PodCIDR] } };
        return spec.PodCIDRs.IsEmpty ? value : value with { Spec = spec with { PodCIDR = spec.PodCIDRs[0] } };
    }
}
