using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>Where a container sees the volumes of its pod. Source: pkg/apis/core/validation/validation.go ValidateVolumeMounts, ValidateVolumeDevices.</summary>
internal static class MountValidation
{
    public static void Validate(List<FieldError> errors, FieldPath path, Container container, IReadOnlyDictionary<string, Volume> volumes)
    {
        Mounts(errors, path.Child("volumeMounts"), container, volumes);
        Devices(errors, path.Child("volumeDevices"), container, volumes);
    }

    private static void Mounts(List<FieldError> errors, FieldPath path, Container container, IReadOnlyDictionary<string, Volume> volumes)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < container.VolumeMounts.Count; i++)
        {
            var (at, mount) = (path.Index(i), container.VolumeMounts[i]);
            var (name, place) = (mount.Name ?? "", mount.MountPath ?? "");
            if (name.Length == 0) errors.Add(FieldError.Required(at.Child("name")));
            if (!volumes.ContainsKey(name)) errors.Add(FieldError.NotFound(at.Child("name"), name));
            if (place.Length == 0) errors.Add(FieldError.Required(at.Child("mountPath")));
            if (!paths.Add(place)) errors.Add(FieldError.Invalid(at.Child("mountPath"), place, "must be unique"));
            if (container.VolumeDevices.Any(device => device.Name == name)) errors.Add(FieldError.Invalid(at.Child("name"), name, "must not already exist in volumeDevices"));
            if (container.VolumeDevices.Any(device => device.DevicePath == place))
                errors.Add(FieldError.Invalid(at.Child("mountPath"), place, "must not already exist as a path in volumeDevices"));
            if (volumes.GetValueOrDefault(name)?.Image is not null)
            {
                if (!mount.SubPath.IsBlank()) errors.Add(FieldError.Invalid(at.Child("subPath"), mount.SubPath, "not allowed in image volume sources"));
                if (!mount.SubPathExpr.IsBlank()) errors.Add(FieldError.Invalid(at.Child("subPathExpr"), mount.SubPathExpr, "not allowed in image volume sources"));
            }

            // From here on the real server names the list and not the mount.
            if (!mount.SubPath.IsBlank()) PathRules.Descending(errors, path.Child("subPath"), mount.SubPath!);
            if (!mount.SubPathExpr.IsBlank())
            {
                if (!mount.SubPath.IsBlank()) errors.Add(FieldError.Invalid(at.Child("subPathExpr"), mount.SubPathExpr, "subPathExpr and subPath are mutually exclusive"));
                PathRules.Descending(errors, path.Child("subPathExpr"), mount.SubPathExpr!);
            }

            Propagation(errors, path.Child("mountPropagation"), mount.MountPropagation, container);
            ReadOnly(errors, path.Child("recursiveReadOnly"), mount);
        }
    }

    private static void Propagation(List<FieldError> errors, FieldPath path, string? propagation, Container container)
    {
        if (propagation is null) return;
        Checks.OneOf(errors, path, propagation, "Bidirectional", "HostToContainer", "None");
        if (propagation == "Bidirectional" && container.SecurityContext?.Privileged != true)
            errors.Add(FieldError.Forbidden(path, "Bidirectional mount propagation is available only to privileged containers"));
    }

    private static void ReadOnly(List<FieldError> errors, FieldPath path, VolumeMount mount)
    {
        if (mount.RecursiveReadOnly is not { } recursive || recursive == "Disabled") return;
        if (recursive is not ("Enabled" or "IfPossible"))
        {
            errors.Add(FieldError.NotSupported(path, recursive, "Disabled", "Enabled", "IfPossible"));
            return;
        }

        if (mount.ReadOnly != true) errors.Add(FieldError.Forbidden(path, "may only be specified when readOnly is true"));
        if (mount.MountPropagation is not (null or "None")) errors.Add(FieldError.Forbidden(path, "may only be specified when mountPropagation is None or not specified"));
    }

    private static void Devices(List<FieldError> errors, FieldPath path, Container container, IReadOnlyDictionary<string, Volume> volumes)
    {
        var (names, paths) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        for (var i = 0; i < container.VolumeDevices.Count; i++)
        {
            var (at, name, place) = (path.Index(i), container.VolumeDevices[i].Name ?? "", container.VolumeDevices[i].DevicePath ?? "");
            var volume = volumes.GetValueOrDefault(name);
            if (name.Length == 0) errors.Add(FieldError.Required(at.Child("name")));
            if (names.Contains(name)) errors.Add(FieldError.Invalid(at.Child("name"), name, "must be unique"));
            if (volume is { PersistentVolumeClaim: null, Ephemeral: null })
                errors.Add(FieldError.Invalid(at.Child("name"), name, "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode"));
            if (volume is null) errors.Add(FieldError.NotFound(at.Child("name"), name));
            if (place.Length == 0) errors.Add(FieldError.Required(at.Child("devicePath")));
            if (paths.Contains(place)) errors.Add(FieldError.Invalid(at.Child("devicePath"), place, "must be unique"));
            if (PathRules.HasBackstep(place)) errors.Add(FieldError.Invalid(at.Child("devicePath"), place, "can not contain backsteps ('..')"));
            else paths.Add(place);
            if (container.VolumeMounts.Any(mount => mount.Name == name)) errors.Add(FieldError.Invalid(at.Child("name"), name, "must not already exist in volumeMounts"));
            if (container.VolumeMounts.Any(mount => mount.MountPath == place))
                errors.Add(FieldError.Invalid(at.Child("devicePath"), place, "must not already exist as a path in volumeMounts"));
            if (name.Length > 0) names.Add(name);
        }
    }
}
