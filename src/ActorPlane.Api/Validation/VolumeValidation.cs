using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Api;

/// <summary>Claims for volumes. Source: pkg/apis/core/validation/validation.go ValidatePersistentVolumeClaimSpec, ValidatePersistentVolumeClaimUpdate.</summary>
internal static class VolumeValidation
{
    private const string ClassAnnotation = "volume.beta.kubernetes.io/storage-class";
    private static readonly FieldPath Path = FieldPath.Of("spec");

    public static void Validate(List<FieldError> errors, PersistentVolumeClaim value) => Claim(errors, Path, value.Spec);

    /// <summary>A claim that is made for each pod: of its metadata only labels and annotations count.</summary>
    public static void Template(List<FieldError> errors, FieldPath path, ObjectMeta metadata, PersistentVolumeClaimSpec spec)
    {
        var at = path.Child("metadata");
        errors.AddRange(ObjectMetaValidation.Annotations(metadata.Annotations, at.Child("annotations")));
        errors.AddRange(ObjectMetaValidation.Labels(metadata.Labels, at.Child("labels")));
        foreach (var (field, isSet) in new[]
        {
            ("name", metadata.Name is not null), ("generateName", metadata.GenerateName is not null), ("namespace", metadata.Namespace is not null),
            ("ownerReferences", !metadata.OwnerReferences.IsEmpty), ("finalizers", !metadata.Finalizers.IsEmpty),
        })
        {
            if (isSet) errors.Add(FieldError.Forbidden(at.Child(field), "cannot be set"));
        }

        Claim(errors, path.Child("spec"), spec);
    }

    /// <summary>A claim's spec.</summary>
    public static void Claim(List<FieldError> errors, FieldPath path, PersistentVolumeClaimSpec spec)
    {
        if (spec.AccessModes.IsEmpty) errors.Add(FieldError.Required(path.Child("accessModes"), "at least 1 access mode is required"));
        Checks.Selector(errors, path.Child("selector"), spec.Selector);
        AccessModes(errors, path.Child("accessModes"), spec.AccessModes);
        var at = path.Child("resources").Key("storage");
        if (!spec.Resources.Requests.TryGetValue("storage", out var size)) errors.Add(FieldError.Required(at));
        else if (size.Sign <= 0) errors.Add(FieldError.Invalid(at, size.ToString(), Checks.AboveZero));
        if (spec.StorageClassName is { Length: > 0 } name) Checks.All(errors, path.Child("storageClassName"), name, NameRules.DnsSubdomain(name));
        if (spec.VolumeMode is { } mode) Checks.OneOf(errors, path.Child("volumeMode"), mode, "Block", "Filesystem");
        if (spec.DataSource is { } source) Source(errors, path.Child("dataSource"), source.Name, source.Kind, source.ApiGroup);
        if (spec.DataSourceRef is not { } reference) return;
        Source(errors, path.Child("dataSourceRef"), reference.Name, reference.Kind, reference.ApiGroup);
        if (spec.DataSource is { } both && (both.Name != reference.Name || both.Kind != reference.Kind || both.ApiGroup != reference.ApiGroup))
            errors.Add(FieldError.InvalidGo(path, path.Child("dataSource").ToString(), "must match dataSourceRef"));
    }

    public static void ValidateUpdate(List<FieldError> errors, PersistentVolumeClaim value, PersistentVolumeClaim old)
    {
        // A claim is bound once, and may grow while it is bound; its class may be named once.
        var (annotation, named) = (old.Metadata.Annotations.GetValueOrDefault(ClassAnnotation), value.Spec.StorageClassName);
        if (value.Metadata.Annotations.GetValueOrDefault(ClassAnnotation) != annotation && !(named is not null && named == annotation && old.Spec.StorageClassName is null))
            errors.Add(FieldError.Invalid(FieldPath.Of("metadata", "annotations").Child(ClassAnnotation), value.Metadata.Annotations.GetValueOrDefault(ClassAnnotation), Checks.Immutable));
        var requests = value.Spec.Resources.Requests;
        if (value.Status.Phase == "Bound" && !requests.IsEmpty && old.Spec.Resources.Requests.TryGetValue("storage", out var asked)) requests = requests.With("storage", asked);
        var rest = value.Spec with
        {
            VolumeName = old.Spec.VolumeName.IsBlank() ? old.Spec.VolumeName : value.Spec.VolumeName,
            StorageClassName = old.Spec.StorageClassName is null && (annotation is null || annotation == named) ? null : named,
            VolumeAttributesClassName = value.Status.Phase == "Bound" && value.Spec.VolumeAttributesClassName is not null ? old.Spec.VolumeAttributesClassName : value.Spec.VolumeAttributesClassName,
            Resources = value.Spec.Resources with { Requests = requests },
        };
        if (rest != old.Spec) errors.Add(FieldError.Forbidden(Path, "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims"));
        Size(errors, value, old);
        if (value.Spec.VolumeMode != old.Spec.VolumeMode) errors.Add(FieldError.Invalid(FieldPath.Of("volumeMode"), value.Spec.VolumeMode, Checks.Immutable));
    }

    public static void AccessModes(List<FieldError> errors, FieldPath path, ValueList<string> modes)
    {
        foreach (var mode in modes) Checks.OneOf(errors, path, mode, "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");
        if (modes.Contains("ReadWriteOncePod") && modes.Any(mode => mode is "ReadOnlyMany" or "ReadWriteMany" or "ReadWriteOnce"))
            errors.Add(FieldError.Forbidden(path, "may not use ReadWriteOncePod with other access modes"));
    }

    // A claim that could not grow may be asked for less again, and for more than it has.
    private static void Size(List<FieldError> errors, PersistentVolumeClaim value, PersistentVolumeClaim old)
    {
        var now = value.Spec.Resources.Requests.GetValueOrDefault("storage");
        if (now < old.Spec.Resources.Requests.GetValueOrDefault("storage") && now <= old.Status.Capacity.GetValueOrDefault("storage"))
            errors.Add(FieldError.Forbidden(Path.Child("resources").Child("requests").Child("storage"), "field can not be less than status.capacity"));
    }

    private static void Source(List<FieldError> errors, FieldPath path, string? name, string? kind, string? group)
    {
        if (name.IsBlank()) errors.Add(FieldError.Required(path.Child("name")));
        if (kind.IsBlank()) errors.Add(FieldError.Required(path.Child("kind")));
        if (group.IsBlank() && kind != "PersistentVolumeClaim") errors.Add(FieldError.Invalid(path, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup"));
        if (!group.IsBlank()) Checks.All(errors, path.Child("apiGroup"), group, NameRules.DnsSubdomain(group!));
    }
}
