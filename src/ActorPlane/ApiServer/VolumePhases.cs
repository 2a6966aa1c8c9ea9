using ActorPlane.Api.Core.V1;

namespace ActorPlane.ApiServer;

/// <summary>When a volume came into its phase (<c>pkg/registry/core/persistentvolume/strategy.go</c>).</summary>
internal static class VolumePhases
{
    /// <summary>A new status of a volume, with the time of its phase when who writes it does not say.</summary>
    public static PersistentVolume WithTime(PersistentVolume item, PersistentVolume before, DateTimeOffset now)
    {
        var (status, old) = (item.Status, before.Status);
        if (status.Phase == old.Phase)
        {
            return status.LastPhaseTransitionTime is null && old.LastPhaseTransitionTime is not null
                ? item with { Status = status with { LastPhaseTransitionTime = old.LastPhaseTransitionTime } }
                : item;
        }

        return status.LastPhaseTransitionTime is null || status.LastPhaseTransitionTime == old.LastPhaseTransitionTime
            ? item with { Status = status with { LastPhaseTransitionTime = now } }
            : item;
    }
}
