using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>The volumes of a pod. Source: pkg/apis/core/validation/validation.go ValidateVolumes, validateVolumeSource.</summary>
internal static class PodVolumeValidation
{
    public static void Validate(List<FieldError> errors, FieldPath path, Volume volume, HashSet<string> names)
    {
        var at = path.Child("name");
        if (volume.Name.IsBlank()) errors.Add(FieldError.Required(at));
        else if (NameRules.DnsLabel(volume.Name!) is { IsEmpty: false } problems) Checks.All(errors, at, volume.Name, problems);
        else if (!names.Add(volume.Name!)) errors.Add(FieldError.Duplicate(at, volume.Name));
        if (!PodVolumeDefaults.HasSource(volume)) errors.Add(FieldError.Required(path, "must specify a volume type"));
        Source(errors, path, volume);
        if (volume.HostPath is { } hostPath && hostPath.Path.IsBlank()) errors.Add(FieldError.Required(path.Child("hostPath").Child("path")));
        if (volume.Secret is { } secret && secret.SecretName.IsBlank()) errors.Add(FieldError.Required(path.Child("secret").Child("secretName")));
        if (volume.ConfigMap is { } configMap && configMap.Name.IsBlank()) errors.Add(FieldError.Required(path.Child("configMap").Child("name")));
        if (volume.PersistentVolumeClaim is { } claim && claim.ClaimName.IsBlank()) errors.Add(FieldError.Required(path.Child("persistentVolumeClaim").Child("claimName")));
    }

    /// <summary>A volume has one source, with what the source needs.</summary>
    private static void Source(List<FieldError> errors, FieldPath path, Volume volume)
    {
        var found = false;
        foreach (var (name, given) in Sources(volume))
        {
            if (!given) continue;
            if (found) errors.Add(FieldError.Forbidden(path.Child(name), "may not specify more than 1 volume type"));
            found = true;
        }

        if (volume.Nfs is { } nfs)
        {
            if (nfs.Server.IsBlank()) errors.Add(FieldError.Required(path.Child("nfs").Child("server")));
            if (nfs.Path.IsBlank()) errors.Add(FieldError.Required(path.Child("nfs").Child("path")));
            else if (nfs.Path![0] != '/') errors.Add(FieldError.Invalid(path.Child("nfs").Child("path"), nfs.Path, "must be an absolute path"));
        }

        if (volume.HostPath is { Path: { } host } && host.Split('/').Contains(".."))
            errors.Add(FieldError.Invalid(path.Child("hostPath").Child("path"), host, "must not contain '..'"));
        if (volume.HostPath?.Type is { Length: > 0 } type)
            Checks.OneOf(errors, path.Child("hostPath").Child("type"), type, "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket");
        if (volume.EmptyDir?.SizeLimit is { Sign: < 0 })
            errors.Add(FieldError.Forbidden(path.Child("emptyDir").Child("sizeLimit"), "SizeLimit field must be a valid resource quantity"));
        if (volume.Csi is { } csi && csi.Driver.IsBlank()) errors.Add(FieldError.Required(path.Child("csi").Child("driver")));
        Items(errors, path.Child("secret"), volume.Secret?.Items);
        Items(errors, path.Child("configMap"), volume.ConfigMap?.Items);
        Checks.Mode(errors, path.Child("secret").Child("defaultMode"), volume.Secret?.DefaultMode);
        Checks.Mode(errors, path.Child("configMap").Child("defaultMode"), volume.ConfigMap?.DefaultMode);
        Checks.Mode(errors, path.Child("projected").Child("defaultMode"), volume.Projected?.DefaultMode);
        for (var i = 0; i < (volume.Projected?.Sources.Count ?? 0); i++)
        {
            var (place, part) = (path.Child("projected").Child("sources").Index(i), volume.Projected!.Sources[i]);
            var kinds = 0;
            foreach (var (name, given) in (ReadOnlySpan<(string, bool)>)
                [("secret", part.Secret is not null), ("configMap", part.ConfigMap is not null), ("downwardAPI", part.DownwardAPI is not null), ("serviceAccountToken", part.ServiceAccountToken is not null)])
            {
                if (given && ++kinds > 1) errors.Add(FieldError.Forbidden(place.Child(name), "may not specify more than 1 volume type"));
            }

            if (part.Secret is { } secret && secret.Name.IsBlank()) errors.Add(FieldError.Required(place.Child("secret").Child("name")));
            if (part.ConfigMap is { } map && map.Name.IsBlank()) errors.Add(FieldError.Required(place.Child("configMap").Child("name")));
            Items(errors, place.Child("secret"), part.Secret?.Items);
            Items(errors, place.Child("configMap"), part.ConfigMap?.Items);
        }

        if (volume.DownwardAPI is not { } fields) return;
        var at = path.Child("downwardAPI");
        Checks.Mode(errors, at.Child("defaultMode"), fields.DefaultMode);
        for (var i = 0; i < fields.Items.Count; i++) EnvironmentValidation.File(errors, at, fields.Items[i]);
    }

    private static (string Name, bool Given)[] Sources(Volume volume) =>
    [
        ("emptyDir", volume.EmptyDir is not null), ("hostPath", volume.HostPath is not null), ("gitRepo", volume.GitRepo is not null),
        ("secret", volume.Secret is not null), ("nfs", volume.Nfs is not null), ("iscsi", volume.Iscsi is not null),
        ("persistentVolumeClaim", volume.PersistentVolumeClaim is not null), ("downwardAPI", volume.DownwardAPI is not null), ("fc", volume.Fc is not null),
        ("configMap", volume.ConfigMap is not null), ("projected", volume.Projected is not null), ("csi", volume.Csi is not null),
        ("ephemeral", volume.Ephemeral is not null), ("image", volume.Image is not null),
    ];

    private static void Items(List<FieldError> errors, FieldPath path, ValueList<KeyToPath>? items)
    {
        for (var i = 0; i < (items?.Count ?? 0); i++)
        {
            var (at, item) = (path.Child("items").Index(i), items![i]);
            if (item.Key.IsBlank()) errors.Add(FieldError.Required(at.Child("key")));
            if (item.Path.IsBlank()) errors.Add(FieldError.Required(at.Child("path")));
            else if (item.Path![0] == '/') errors.Add(FieldError.Invalid(at.Child("path"), item.Path, "must be a relative path"));
            else if (item.Path.Split('/').Contains("..")) errors.Add(FieldError.Invalid(at.Child("path"), item.Path, "must not contain '..'"));
            Checks.Mode(errors, at.Child("mode"), item.Mode);
        }
    }
}
