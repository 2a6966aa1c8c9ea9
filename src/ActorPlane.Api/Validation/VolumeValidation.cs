using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Storage.V1;

namespace ActorPlane.Api;

/// <summary>Volumes, claims and classes. Source: pkg/apis/core/validation/validation.go, pkg/apis/storage/validation/validation.go.</summary>
internal static class VolumeValidation
{
    private static readonly FieldPath Path = FieldPath.Of("spec");

    public static void Validate(List<FieldError> errors, PersistentVolumeClaim value)
    {
        AccessModes(errors, value.Spec.AccessModes, "at least 1 access mode is required");
        var at = Path.Child("resources").Key("storage");
        if (!value.Spec.Resources.Requests.TryGetValue("storage", out var size)) errors.Add(FieldError.Required(at));
        else Amount(errors, at, size);
        Checks.Selector(errors, Path.Child("selector"), value.Spec.Selector);
        if (value.Spec.StorageClassName is { Length: > 0 } name) Checks.All(errors, Path.Child("storageClassName"), name, NameRules.DnsSubdomain(name));
        if (value.Spec.VolumeMode is { } mode) Checks.OneOf(errors, Path.Child("volumeMode"), mode, "Block", "Filesystem");
    }

    public static void ValidateUpdate(List<FieldError> errors, PersistentVolumeClaim value, PersistentVolumeClaim old)
    {
        // A claim may be bound once, and grow while it is bound.
        var rest = value.Spec with
        {
            VolumeName = old.Spec.VolumeName.IsBlank() ? old.Spec.VolumeName : value.Spec.VolumeName,
            StorageClassName = old.Spec.StorageClassName is null ? null : value.Spec.StorageClassName,
            VolumeAttributesClassName = old.Spec.VolumeAttributesClassName,
            Resources = old.Status.Phase == "Bound" ? old.Spec.Resources : value.Spec.Resources,
        };
        if (rest != old.Spec)
        {
            errors.Add(FieldError.Forbidden(Path, "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims"));
        }

        if (value.Spec.Resources.Requests.TryGetValue("storage", out var now) && old.Spec.Resources.Requests.TryGetValue("storage", out var before) && now < before
            && (!value.Status.Capacity.TryGetValue("storage", out var actual) || now <= actual))
        {
            errors.Add(FieldError.Forbidden(Path.Child("resources").Child("requests").Child("storage"), "field can not be less than status.capacity"));
        }
    }

    public static void Validate(List<FieldError> errors, PersistentVolume value)
    {
        AccessModes(errors, value.Spec.AccessModes, "");
        if (value.Spec.Capacity.IsEmpty) errors.Add(FieldError.Required(Path.Child("capacity")));
        else if (!value.Spec.Capacity.ContainsKey("storage") || value.Spec.Capacity.Count > 1)
        {
            errors.Add(FieldError.NotSupported(Path.Child("capacity"), string.Join(", ", value.Spec.Capacity.Keys), "storage"));
        }

        foreach (var (name, size) in value.Spec.Capacity) Amount(errors, Path.Child("capacity").Key(name), size);
        Place(errors, value.Spec);
        if (value.Spec.StorageClassName is { Length: > 0 } className) Checks.All(errors, Path.Child("storageClassName"), className, NameRules.DnsSubdomain(className));
        if (value.Spec.VolumeMode is { } mode) Checks.OneOf(errors, Path.Child("volumeMode"), mode, "Block", "Filesystem");
        Checks.OneOf(errors, Path.Child("persistentVolumeReclaimPolicy"), value.Spec.PersistentVolumeReclaimPolicy, "Delete", "Recycle", "Retain");
        if (value.Spec.NodeAffinity?.Required is { } required) AffinityValidation.Selector(errors, Path.Child("nodeAffinity").Child("required"), required);
    }

    private static void Place(List<FieldError> errors, PersistentVolumeSpec spec)
    {
        // Every source is a member of its own in what is said of no other volume.
        var sources = JsonCodec.ToTree(Source(spec)).Members;
        if (sources.IsEmpty) errors.Add(FieldError.Required(Path, "must specify a volume type"));
        foreach (var source in sources.IsEmpty ? [] : sources[1..]) errors.Add(FieldError.Forbidden(Path.Child(source.Name), "may not specify more than 1 volume type"));
        if (spec.HostPath is { } host)
        {
            if (host.Path.IsBlank()) errors.Add(FieldError.Required(Path.Child("hostPath").Child("path")));
            else if (host.Path!.Split('/').Contains("..")) errors.Add(FieldError.Invalid(Path.Child("hostPath").Child("path"), host.Path, "must not contain '..'"));
            if (host.Path == "/" && spec.PersistentVolumeReclaimPolicy == "Recycle")
                errors.Add(FieldError.Forbidden(Path.Child("persistentVolumeReclaimPolicy"), "may not be 'recycle' for a hostPath mount of '/'"));
        }

        if (spec.Local is { } local)
        {
            if (local.Path.IsBlank()) errors.Add(FieldError.Required(Path.Child("local").Child("path")));
            if (spec.NodeAffinity is null) errors.Add(FieldError.Required(Path.Child("nodeAffinity"), "Local volume requires node affinity"));
        }

        if (spec.Nfs is { } nfs)
        {
            if (nfs.Server.IsBlank()) errors.Add(FieldError.Required(Path.Child("nfs").Child("server")));
            if (nfs.Path.IsBlank()) errors.Add(FieldError.Required(Path.Child("nfs").Child("path")));
            else if (nfs.Path![0] != '/') errors.Add(FieldError.Invalid(Path.Child("nfs").Child("path"), nfs.Path, "must be an absolute path"));
        }

        if (spec.Csi is not { } csi) return;
        if (csi.Driver.IsBlank()) errors.Add(FieldError.Required(Path.Child("csi").Child("driver")));
        if (csi.VolumeHandle.IsBlank()) errors.Add(FieldError.Required(Path.Child("csi").Child("volumeHandle")));
    }

    private static void Amount(List<FieldError> errors, FieldPath path, Quantity amount)
    {
        if (amount.Sign < 0) errors.Add(FieldError.Invalid(path, amount.Value, "must be a valid resource quantity"));
        if (amount.Sign <= 0) errors.Add(FieldError.Invalid(path, amount.ToString(), Checks.PositiveAmount));
    }

    public static void ValidateUpdate(List<FieldError> errors, PersistentVolume value, PersistentVolume old)
    {
        if (Source(value.Spec) != Source(old.Spec))
            errors.Add(FieldError.Forbidden(Path.Child("persistentvolumesource"), "spec.persistentvolumesource is immutable after creation"));
        if (value.Spec.VolumeMode != old.Spec.VolumeMode) errors.Add(FieldError.Invalid(Path.Child("volumeMode"), value.Spec.VolumeMode, Checks.Immutable));
    }

    // Where the data is: all of a volume but what is said about every volume.
    private static PersistentVolumeSpec Source(PersistentVolumeSpec spec) => spec with
    {
        Capacity = PersistentVolumeSpec.Empty.Capacity, AccessModes = [], ClaimRef = null, PersistentVolumeReclaimPolicy = null, StorageClassName = null,
        MountOptions = [], VolumeMode = null, NodeAffinity = null, VolumeAttributesClassName = null,
    };

    public static void Validate(List<FieldError> errors, StorageClass value)
    {
        if (value.Provisioner.IsBlank()) errors.Add(FieldError.Required(FieldPath.Of("provisioner")));
        else Checks.All(errors, FieldPath.Of("provisioner"), value.Provisioner, NameRules.QualifiedName(value.Provisioner!.ToLowerInvariant()));
        Checks.OneOf(errors, FieldPath.Of("reclaimPolicy"), value.ReclaimPolicy, "Delete", "Retain");
        Checks.OneOf(errors, FieldPath.Of("volumeBindingMode"), value.VolumeBindingMode, "Immediate", "WaitForFirstConsumer");
    }

    public static void ValidateUpdate(List<FieldError> errors, StorageClass value, StorageClass old)
    {
        if (value.Parameters != old.Parameters) errors.Add(FieldError.Forbidden(FieldPath.Of("parameters"), "updates to parameters are forbidden."));
        if (value.Provisioner != old.Provisioner) errors.Add(FieldError.Forbidden(FieldPath.Of("provisioner"), "updates to provisioner are forbidden."));
        if (value.ReclaimPolicy != old.ReclaimPolicy) errors.Add(FieldError.Forbidden(FieldPath.Of("reclaimPolicy"), "updates to reclaimPolicy are forbidden."));
        if (value.VolumeBindingMode != old.VolumeBindingMode) errors.Add(FieldError.Invalid(FieldPath.Of("volumeBindingMode"), value.VolumeBindingMode, Checks.Immutable));
    }

    private static void AccessModes(List<FieldError> errors, ValueList<string> modes, string missing)
    {
        var at = Path.Child("accessModes");
        if (modes.IsEmpty) errors.Add(FieldError.Required(at, missing));
        foreach (var mode in modes) Checks.OneOf(errors, at, mode, "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");
        if (modes.Contains("ReadWriteOncePod") && modes.Count > 1) errors.Add(FieldError.Forbidden(at, "may not use ReadWriteOncePod with other access modes"));
    }
}
