using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/core/validation/validation.go ValidatePersistentVolumeSpec, ValidatePersistentVolumeUpdate.</summary>
internal static class PersistentVolumeValidation
{
    private static readonly FieldPath Path = FieldPath.Of("spec");

    public static void Validate(List<FieldError> errors, PersistentVolume value)
    {
        var spec = value.Spec;
        if (spec.AccessModes.IsEmpty) errors.Add(FieldError.Required(Path.Child("accessModes")));
        VolumeValidation.AccessModes(errors, Path.Child("accessModes"), spec.AccessModes);
        Capacity(errors, Path.Child("capacity"), spec.Capacity);
        if (!spec.PersistentVolumeReclaimPolicy.IsBlank()) Checks.OneOf(errors, Path.Child("persistentVolumeReclaimPolicy"), spec.PersistentVolumeReclaimPolicy, "Delete", "Recycle", "Retain");
        if (spec.NodeAffinity is { } affinity)
        {
            var at = Path.Child("nodeAffinity").Child("required");
            if (affinity.Required is { } required) AffinityValidation.Selector(errors, at, required);
            else errors.Add(FieldError.Required(at, "must specify required node constraints"));
        }

        Sources(errors, spec);
        if (spec.HostPath?.Path is { Length: > 0 } path && path.Split('/').All(part => part is "" or ".") && path[0] == '/' && spec.PersistentVolumeReclaimPolicy == "Recycle")
            errors.Add(FieldError.Forbidden(Path.Child("persistentVolumeReclaimPolicy"), "may not be 'recycle' for a hostPath mount of '/'"));
        if (!spec.StorageClassName.IsBlank()) Checks.All(errors, Path.Child("storageClassName"), spec.StorageClassName, NameRules.DnsSubdomain(spec.StorageClassName!));
        if (spec.VolumeMode is { } mode) Checks.OneOf(errors, Path.Child("volumeMode"), mode, "Block", "Filesystem");
    }

    public static void ValidateUpdate(List<FieldError> errors, PersistentVolume value, PersistentVolume old)
    {
        // The secret with which a volume grows may come later.
        var source = Source(value.Spec);
        if (old.Spec.Csi is { ControllerExpandSecretRef: null } && source.Csi is { } csi) source = source with { Csi = csi with { ControllerExpandSecretRef = null } };
        if (source != Source(old.Spec)) errors.Add(FieldError.Forbidden(Path.Child("persistentvolumesource"), "spec.persistentvolumesource is immutable after creation"));
        if (value.Spec.VolumeMode != old.Spec.VolumeMode) errors.Add(FieldError.Invalid(FieldPath.Of("volumeMode"), value.Spec.VolumeMode, Checks.Immutable));
        if (old.Spec.NodeAffinity is not null && value.Spec.NodeAffinity != old.Spec.NodeAffinity)
            errors.Add(FieldError.InvalidGo(FieldPath.Of("nodeAffinity"), value.Spec.NodeAffinity?.ToString() ?? "\"null\"", Checks.Immutable + ", except for updating from beta label to GA"));
    }

    private static void Capacity(List<FieldError> errors, FieldPath path, ValueMap<Quantity> capacity)
    {
        if (capacity.IsEmpty) errors.Add(FieldError.Required(path));
        if (!capacity.ContainsKey("storage") || capacity.Count > 1)
        {
            var printed = capacity.IsEmpty ? "core.ResourceList(nil)" : "core.ResourceList{" + string.Join(", ", capacity.Select(entry => $"{GoText.Quote(entry.Key)}:{GoText.Quantity(entry.Value)}")) + "}";
            errors.Add(FieldError.NotSupported(path, "", "storage") with { BadValue = printed });
        }

        foreach (var (name, amount) in capacity)
        {
            if (amount.Sign < 0) errors.Add(FieldError.Invalid(path.Key(name), amount.Value, "must be a valid resource quantity"));
            if (amount.Sign <= 0) errors.Add(FieldError.Invalid(path.Key(name), amount.ToString(), Checks.AboveZero));
        }
    }

    private static void Sources(List<FieldError> errors, PersistentVolumeSpec spec)
    {
        var found = false;
        foreach (var (given, field, check) in new (bool, string, Action?)[]
        {
            (spec.HostPath is not null, "hostPath", () => VolumeSourceValidation.HostPath(errors, Path.Child("hostPath"), spec.HostPath!)),
            (spec.GcePersistentDisk is not null, "gcePersistentDisk", () => Disk("persistentDisk", "pdName", spec.GcePersistentDisk!.PdName, spec.GcePersistentDisk.Partition)),
            (spec.AwsElasticBlockStore is not null, "awsElasticBlockStore", () => Disk("awsElasticBlockStore", "volumeID", spec.AwsElasticBlockStore!.VolumeID, spec.AwsElasticBlockStore.Partition)),
            (spec.Glusterfs is not null, "glusterfs", () => Needs("glusterfs", ("endpoints", spec.Glusterfs!.Endpoints), ("path", spec.Glusterfs.Path))),
            (spec.Flocker is not null, "flocker", null),
            (spec.Nfs is not null, "nfs", () => VolumeSourceValidation.Nfs(errors, Path.Child("nfs"), spec.Nfs!)),
            (spec.Rbd is not null, "rbd", () => Needs("rbd", ("image", spec.Rbd!.Image))),
            (spec.Quobyte is not null, "quobyte", () => Needs("quobyte", ("volume", spec.Quobyte!.Volume))),
            (spec.Cephfs is not null, "cephFS", null),
            (spec.Iscsi is not null, "iscsi", () => Needs("iscsi", ("targetPortal", spec.Iscsi!.TargetPortal), ("iqn", spec.Iscsi.Iqn))),
            (spec.Cinder is not null, "cinder", () => Needs("cinder", ("volumeID", spec.Cinder!.VolumeID))),
            (spec.Fc is not null, "fc", null),
            (spec.FlexVolume is not null, "flexVolume", () => Needs("flexVolume", ("driver", spec.FlexVolume!.Driver))),
            (spec.AzureFile is not null, "azureFile", () => Needs("azureFile", ("secretName", spec.AzureFile!.SecretName), ("shareName", spec.AzureFile.ShareName))),
            (spec.VsphereVolume is not null, "vsphereVolume", () => Needs("vsphereVolume", ("volumePath", spec.VsphereVolume!.VolumePath))),
            (spec.PhotonPersistentDisk is not null, "photonPersistentDisk", () => Needs("photonPersistentDisk", ("pdID", spec.PhotonPersistentDisk!.PdID))),
            (spec.PortworxVolume is not null, "portworxVolume", () => Needs("portworxVolume", ("volumeID", spec.PortworxVolume!.VolumeID))),
            (spec.AzureDisk is not null, "azureDisk", () => Needs("azureDisk", ("diskName", spec.AzureDisk!.DiskName), ("diskURI", spec.AzureDisk.DiskURI))),
            (spec.ScaleIO is not null, "scaleIO", () => Needs("scaleIO", ("gateway", spec.ScaleIO!.Gateway), ("system", spec.ScaleIO.System), ("volumeName", spec.ScaleIO.VolumeName))),
            (spec.Local is not null, "local", () => Local(errors, spec)),
            (spec.Storageos is not null, "storageos", () => Needs("storageos", ("volumeName", spec.Storageos!.VolumeName))),
            (spec.Csi is not null, "csi", () => Csi(errors, Path.Child("csi"), spec.Csi!)),
        })
        {
            if (!given) continue;
            if (found) errors.Add(FieldError.Forbidden(Path.Child(field), VolumeSourceValidation.MoreThanOne));
            else check?.Invoke();
            found = true;
        }

        if (!found) errors.Add(FieldError.Required(Path, "must specify a volume type"));

        void Needs(string field, params ReadOnlySpan<(string Field, string? Value)> needed) => VolumeSourceValidation.Needs(errors, Path.Child(field), needed);

        void Disk(string field, string name, string? value, int? partition)
        {
            Needs(field, (name, value));
            VolumeSourceValidation.Partition(errors, Path.Child(field), partition);
        }
    }

    private static void Local(List<FieldError> errors, PersistentVolumeSpec spec)
    {
        var at = Path.Child("local").Child("path");
        if (spec.Local!.Path.IsBlank()) errors.Add(FieldError.Required(at));
        else PathRules.NoBacksteps(errors, at, spec.Local.Path!);
        if (spec.NodeAffinity is null) errors.Add(FieldError.Required(Path.Child("nodeAffinity"), "Local volume requires node affinity"));
    }

    private static void Csi(List<FieldError> errors, FieldPath path, CSIPersistentVolumeSource csi)
    {
        VolumeSourceValidation.Driver(errors, path.Child("driver"), csi.Driver);
        VolumeSourceValidation.Needs(errors, path, ("volumeHandle", csi.VolumeHandle));
        foreach (var (field, secret) in new[]
        {
            ("controllerPublishSecretRef", csi.ControllerPublishSecretRef), ("controllerExpandSecretRef", csi.ControllerExpandSecretRef),
            ("nodePublishSecretRef", csi.NodePublishSecretRef), ("nodeExpandSecretRef", csi.NodeExpandSecretRef),
        })
        {
            if (secret is null) continue;
            var at = path.Child(field);
            if (secret.Name.IsBlank()) errors.Add(FieldError.Required(at.Child("name")));
            else Checks.All(errors, at.Child("name"), secret.Name, NameRules.DnsSubdomain(secret.Name!));
            if (secret.Namespace.IsBlank()) errors.Add(FieldError.Required(at.Child("namespace")));
            else Checks.All(errors, at.Child("namespace"), secret.Namespace, NameRules.DnsLabel(secret.Namespace!));
        }
    }

    // Where the data is: all of a volume but what is said about every volume.
    private static PersistentVolumeSpec Source(PersistentVolumeSpec spec) => spec with
    {
        Capacity = PersistentVolumeSpec.Empty.Capacity, AccessModes = [], ClaimRef = null, PersistentVolumeReclaimPolicy = null, StorageClassName = null,
        MountOptions = [], VolumeMode = null, NodeAffinity = null, VolumeAttributesClassName = null,
    };
}
