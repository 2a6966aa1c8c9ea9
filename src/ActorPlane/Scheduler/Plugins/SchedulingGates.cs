using ActorPlane.Api.Core.V1;
using ActorPlane.Scheduler.Framework;

namespace ActorPlane.Scheduler.Plugins;

/// <summary>Pods with <c>spec.schedulingGates</c> wait outside the queue. (<c>S/framework/plugins/schedulinggates</c>.)</summary>
public sealed class SchedulingGates : IPreEnqueuePlugin
{
    /// <inheritdoc />
    public bool MayEnqueue(Pod pod) => pod.Spec.SchedulingGates.IsEmpty;
}
