using ActorPlane.Api.Core.V1;

namespace ActorPlane.Scheduler.Framework;

/// <summary>A pod as the plugins see it.</summary>
public sealed class PodInfo(Pod pod, PodDemand demand)
{
    /// <summary>A pod that is to be placed.</summary>
    public static PodInfo Of(Pod pod) => new(pod, PodDemand.Of(pod.Spec));

    /// <summary>The object itself.</summary>
    public Pod Pod { get; } = pod;

    /// <summary>Its spec in numbers.</summary>
    public PodDemand Demand { get; } = demand;
}
