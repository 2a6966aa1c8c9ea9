using ActorPlane.Api.Core.V1;

namespace ActorPlane.Scheduler.Framework;

/// <summary>Decides whether a pod may be queued at all. (Extension point PreEnqueue, <c>S/framework/interface.go</c>.)</summary>
public interface IPreEnqueuePlugin
{
    /// <summary>False keeps the pod out of the queue until it changes.</summary>
    bool MayEnqueue(Pod pod);
}
