using ActorPlane.Api.Storage.V1;

namespace ActorPlane.Api;

/// <summary>Drivers and what they attach. Source: pkg/apis/storage/validation/validation.go.</summary>
internal static class StorageValidation
{
    private static readonly FieldPath Path = FieldPath.Of("spec");

    public static void Validate(List<FieldError> errors, CSIDriver value)
    {
        foreach (var mode in value.Spec.VolumeLifecycleModes) Checks.OneOf(errors, Path.Child("volumeLifecycleModes"), mode, "Ephemeral", "Persistent");
        if (value.Spec.FsGroupPolicy is { } policy) Checks.OneOf(errors, Path.Child("fsGroupPolicy"), policy, "File", "None", "ReadWriteOnceWithFSType");
    }

    public static void ValidateUpdate(List<FieldError> errors, CSIDriver value, CSIDriver old)
    {
        // The real server names the first field as it is written here.
        if (value.Spec.AttachRequired != old.Spec.AttachRequired)
            errors.Add(FieldError.InvalidGo(Path.Child("attachedRequired"), value.Spec.AttachRequired == true ? "true" : "false", Checks.Immutable));
        if (value.Spec.VolumeLifecycleModes != old.Spec.VolumeLifecycleModes)
        {
            errors.Add(FieldError.InvalidGo(
                Path.Child("volumeLifecycleModes"), GoText.List(value.Spec.VolumeLifecycleModes).Replace("[]string", "[]storage.VolumeLifecycleMode", StringComparison.Ordinal), Checks.Immutable));
        }
    }

    public static void Validate(List<FieldError> errors, CSINode value)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < value.Spec.Drivers.Count; i++)
        {
            var (at, driver) = (Path.Child("drivers").Index(i), value.Spec.Drivers[i]);
            if (driver.Name.IsBlank()) errors.Add(FieldError.Required(at.Child("name")));
            else if (!names.Add(driver.Name!)) errors.Add(FieldError.Duplicate(at.Child("name"), driver.Name));
            if (driver.NodeID.IsBlank()) errors.Add(FieldError.Required(at.Child("nodeID")));
        }
    }

    public static void Validate(List<FieldError> errors, VolumeAttachment value)
    {
        if (value.Spec.Attacher.IsBlank()) errors.Add(FieldError.Required(Path.Child("attacher")));
        if (value.Spec.Source is { InlineVolumeSpec: null, PersistentVolumeName: null })
            errors.Add(FieldError.Required(Path.Child("source"), "must specify exactly one of inlineVolumeSpec and persistentVolumeName"));
        else if (value.Spec.Source is { InlineVolumeSpec: not null, PersistentVolumeName: not null })
            errors.Add(FieldError.Forbidden(Path.Child("source"), "must specify exactly one of inlineVolumeSpec and persistentVolumeName"));
        else if (value.Spec.Source.PersistentVolumeName is "") errors.Add(FieldError.Required(Path.Child("source").Child("persistentVolumeName"), "must specify non empty persistentVolumeName"));
        if (value.Spec.NodeName.IsBlank()) errors.Add(FieldError.Invalid(Path.Child("nodeName"), "", NameRules.DnsSubdomain("")[0]));
        else Checks.All(errors, Path.Child("nodeName"), value.Spec.NodeName, NameRules.DnsSubdomain(value.Spec.NodeName!));
    }

    public static void ValidateUpdate(List<FieldError> errors, VolumeAttachment value, VolumeAttachment old)
    {
        if (value.Spec != old.Spec) errors.Add(FieldError.InvalidGo(Path, value.Spec.ToString(), Checks.Immutable));
    }
}
