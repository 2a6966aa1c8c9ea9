using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>
/// Volumes that show facts of the pod, alone or together with others. Source: pkg/apis/core/validation/validation.go
/// validateProjectedVolumeSource, validateDownwardAPIVolumeSource.
/// </summary>
internal static class ProjectedVolumeValidation
{
    private const long ShortestTokenSeconds = 600;
    private const long LongestTokenSeconds = 1L << 32;
    private const string Conflict = "conflicting duplicate paths";

    public static void Validate(List<FieldError> errors, FieldPath path, ProjectedVolumeSource source)
    {
        VolumeSourceValidation.Mode(errors, path.Child("defaultMode"), source.DefaultMode);
        var paths = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < source.Sources.Count; i++) Projection(errors, path, path.Child("sources").Index(i), source.Sources[i], paths);
    }

    public static void Downward(List<FieldError> errors, FieldPath path, DownwardAPIVolumeSource source)
    {
        VolumeSourceValidation.Mode(errors, path.Child("defaultMode"), source.DefaultMode);
        foreach (var file in source.Items) File(errors, path, file);
    }

    private static void Projection(List<FieldError> errors, FieldPath volume, FieldPath path, VolumeProjection source, HashSet<string> paths)
    {
        if (source.Secret is { } secret) Items(errors, volume, path.Child("secret"), secret.Name, secret.Items, paths);
        if (source.ConfigMap is { } map) Items(errors, volume, path.Child("configMap"), map.Name, map.Items, paths);
        foreach (var file in source.DownwardAPI?.Items ?? [])
        {
            File(errors, path.Child("downwardAPI"), file);
            if (!file.Path.IsBlank() && !paths.Add(file.Path!)) errors.Add(FieldError.Invalid(volume, file.Path, Conflict));
        }

        if (source.ServiceAccountToken is { } token) Token(errors, volume, path.Child("serviceAccountToken"), token);
        var given = (source.Secret is null ? 0 : 1) + (source.ConfigMap is null ? 0 : 1) + (source.DownwardAPI is null ? 0 : 1)
            + (source.ServiceAccountToken is null ? 0 : 1) + (source.ClusterTrustBundle is null ? 0 : 1);
        if (given > 1) errors.Add(FieldError.Forbidden(path, "may not specify more than 1 volume type per source"));
    }

    private static void Items(List<FieldError> errors, FieldPath volume, FieldPath path, string? name, ValueList<KeyToPath> items, HashSet<string> paths)
    {
        VolumeSourceValidation.Needs(errors, path, ("name", name));
        for (var i = 0; i < items.Count; i++)
        {
            VolumeSourceValidation.Item(errors, path.Child("items").Index(i), items[i]);
            if (!items[i].Path.IsBlank() && !paths.Add(items[i].Path!)) errors.Add(FieldError.Invalid(volume, name, Conflict));
        }
    }

    private static void Token(List<FieldError> errors, FieldPath volume, FieldPath path, ServiceAccountTokenProjection token)
    {
        var seconds = token.ExpirationSeconds ?? 0;
        if (seconds < ShortestTokenSeconds) errors.Add(FieldError.Invalid(path.Child("expirationSeconds"), seconds, "may not specify a duration less than 10 minutes"));
        if (seconds > LongestTokenSeconds) errors.Add(FieldError.Invalid(path.Child("expirationSeconds"), seconds, "may not specify a duration larger than 2^32 seconds"));
        if (token.Path.IsBlank()) errors.Add(FieldError.Required(volume.Child("path")));
        else PathRules.Local(errors, volume.Child("path"), token.Path!);
    }

    private static void File(List<FieldError> errors, FieldPath path, DownwardAPIVolumeFile file)
    {
        VolumeSourceValidation.Needs(errors, path, ("path", file.Path));
        PathRules.Local(errors, path.Child("path"), file.Path ?? "");
        if (file.FieldRef is { } field)
        {
            FieldReferenceValidation.Field(errors, path.Child("fieldRef"), field, inVolume: true);
            if (file.ResourceFieldRef is not null) errors.Add(FieldError.Invalid(path, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously"));
        }
        else if (file.ResourceFieldRef is { } resource)
        {
            FieldReferenceValidation.Resource(errors, path.Child("resourceFieldRef"), resource, inVolume: true);
        }
        else
        {
            errors.Add(FieldError.Required(path, "one of fieldRef and resourceFieldRef is required"));
        }

        VolumeSourceValidation.Mode(errors, path.Child("mode"), file.Mode);
    }
}
