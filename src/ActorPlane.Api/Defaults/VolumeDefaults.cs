using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/core/v1/defaults.go SetDefaults_PersistentVolume, SetDefaults_PersistentVolumeClaim.</summary>
public static class VolumeDefaults
{
    /// <summary>Pending, kept after use, with a file system.</summary>
    public static PersistentVolume Apply(PersistentVolume value) => value with
    {
        Spec = value.Spec with
        {
            PersistentVolumeReclaimPolicy = value.Spec.PersistentVolumeReclaimPolicy.IsBlank() ? "Retain" : value.Spec.PersistentVolumeReclaimPolicy,
            VolumeMode = value.Spec.VolumeMode ?? "Filesystem",
            HostPath = value.Spec.HostPath is { Type: null } hostPath ? hostPath with { Type = "" } : value.Spec.HostPath,
            Capacity = value.Spec.Capacity.RoundedUp(),
        },
        Status = value.Status.Phase.IsBlank() ? value.Status with { Phase = "Pending" } : value.Status,
    };

    /// <summary>Pending, with a file system.</summary>
    public static PersistentVolumeClaim Apply(PersistentVolumeClaim value) =>
        value.Spec.VolumeMode is not null && !value.Status.Phase.IsBlank() ? value : value with
        {
            Spec = value.Spec with { VolumeMode = value.Spec.VolumeMode ?? "Filesystem" },
            Status = value.Status.Phase.IsBlank() ? value.Status with { Phase = "Pending" } : value.Status,
        };
}
