using ActorPlane.Api.Storage.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/storage/v1/defaults.go.</summary>
public static class StorageDefaults
{
    /// <summary>Volumes are deleted after use and bound at once.</summary>
    public static StorageClass Apply(StorageClass value) => value with
    {
        ReclaimPolicy = value.ReclaimPolicy ?? "Delete",
        VolumeBindingMode = value.VolumeBindingMode ?? "Immediate",
    };

    /// <summary>Attachment is needed, the rest is not.</summary>
    public static CSIDriver Apply(CSIDriver value) => value with
    {
        Spec = value.Spec with
        {
            AttachRequired = value.Spec.AttachRequired ?? true,
            PodInfoOnMount = value.Spec.PodInfoOnMount ?? false,
            StorageCapacity = value.Spec.StorageCapacity ?? false,
            FsGroupPolicy = value.Spec.FsGroupPolicy ?? "ReadWriteOnceWithFSType",
            VolumeLifecycleModes = value.Spec.VolumeLifecycleModes.IsEmpty ? ["Persistent"] : value.Spec.VolumeLifecycleModes,
            RequiresRepublish = value.Spec.RequiresRepublish ?? false,
            SeLinuxMount = value.Spec.SeLinuxMount ?? false,
        },
    };
}
