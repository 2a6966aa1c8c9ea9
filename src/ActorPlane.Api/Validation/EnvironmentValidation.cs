using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>
/// Environment variables, and the fields of a pod that variables and files are made of. Source: pkg/apis/core/validation/validation.go ValidateEnv,
/// ValidateEnvFrom, validateObjectFieldSelector, validateContainerResourceFieldSelector; pkg/apis/core/pods/helpers.go ConvertDownwardAPIFieldLabel.
/// </summary>
internal static class EnvironmentValidation
{
    private static readonly string[] Known =
    [
        "metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.restartPolicy",
        "spec.schedulerName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.phase", "status.podIP", "status.podIPs",
    ];

    private static readonly string[] InVariables =
    [
        "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs",
    ];

    private static readonly string[] InFiles = ["metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"];

    private static readonly string[] Amounts =
        ["limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"];

    public static void Variable(List<FieldError> errors, FieldPath path, EnvVar variable)
    {
        if (variable.Name.IsBlank()) errors.Add(FieldError.Required(path.Child("name")));
        else Checks.All(errors, path.Child("name"), variable.Name, NameRules.EnvVarName(variable.Name!));
        if (variable.ValueFrom is not { } from) return;
        var at = path.Child("valueFrom");
        if (from.FieldRef is { } field) Field(errors, at.Child("fieldRef"), field, isFile: false);
        if (from.ResourceFieldRef is { } resource) Resource(errors, at.Child("resourceFieldRef"), resource, isFile: false);
        if (from.ConfigMapKeyRef is { } configMap) Key(errors, at.Child("configMapKeyRef"), configMap.Key);
        if (from.SecretKeyRef is { } secret) Key(errors, at.Child("secretKeyRef"), secret.Key);
        var sources = (from.FieldRef is null ? 0 : 1) + (from.ResourceFieldRef is null ? 0 : 1) + (from.ConfigMapKeyRef is null ? 0 : 1) + (from.SecretKeyRef is null ? 0 : 1);
        if (sources == 0) errors.Add(FieldError.Invalid(at, "", "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`"));
        else if (!variable.Value.IsBlank()) errors.Add(FieldError.Invalid(at, "", "may not be specified when `value` is not empty"));
        else if (sources > 1) errors.Add(FieldError.Invalid(at, "", "may not have more than one field specified at a time"));
    }

    public static void Sources(List<FieldError> errors, FieldPath path, ValueList<EnvFromSource> sources)
    {
        for (var i = 0; i < sources.Count; i++)
        {
            var (at, source) = (path.Index(i), sources[i]);
            if (!source.Prefix.IsBlank()) Checks.All(errors, at.Child("prefix"), source.Prefix, NameRules.EnvVarName(source.Prefix!));
            if (source.ConfigMapRef is { } configMap && configMap.Name.IsBlank()) errors.Add(FieldError.Required(at.Child("configMapRef").Child("name")));
            if (source.SecretRef is { } secret && secret.Name.IsBlank()) errors.Add(FieldError.Required(at.Child("secretRef").Child("name")));

            // The real server names the list here, not the source.
            if (source is { ConfigMapRef: null, SecretRef: null }) errors.Add(FieldError.Invalid(path, "", "must specify one of: `configMapRef` or `secretRef`"));
            else if (source is { ConfigMapRef: not null, SecretRef: not null }) errors.Add(FieldError.Invalid(path, "", "may not have more than one field specified at a time"));
        }
    }

    /// <summary>A file that a volume makes of a field of the pod.</summary>
    public static void File(List<FieldError> errors, FieldPath path, DownwardAPIVolumeFile file)
    {
        if (file.Path.IsBlank()) errors.Add(FieldError.Required(path.Child("path")));
        else Checks.DescendingPath(errors, path.Child("path"), file.Path!);
        if (file.FieldRef is { } field)
        {
            Field(errors, path.Child("fieldRef"), field, isFile: true);
            if (file.ResourceFieldRef is not null) errors.Add(FieldError.Invalid(path, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously"));
        }
        else if (file.ResourceFieldRef is { } resource)
        {
            Resource(errors, path.Child("resourceFieldRef"), resource, isFile: true);
        }
        else
        {
            errors.Add(FieldError.Required(path, "one of fieldRef and resourceFieldRef is required"));
        }

        Checks.Mode(errors, path.Child("mode"), file.Mode);
    }

    private static void Key(List<FieldError> errors, FieldPath path, string? key)
    {
        if (key.IsBlank()) errors.Add(FieldError.Required(path.Child("key")));
        else Checks.All(errors, path.Child("key"), key, NameRules.ConfigMapKey(key!));
    }

    private static void Field(List<FieldError> errors, FieldPath path, ObjectFieldSelector selector, bool isFile)
    {
        var at = path.Child("fieldPath");
        if (selector.FieldPath.IsBlank())
        {
            errors.Add(FieldError.Required(at));
            return;
        }

        var field = selector.FieldPath!;
        var bracket = field.EndsWith("']", StringComparison.Ordinal) ? field.IndexOf("['", StringComparison.Ordinal) : -1;
        var name = bracket < 0 ? field : field[..bracket];
        var problem = selector.ApiVersion is { } version && version != "v1" ? $"unsupported pod version: {version}"
            : bracket >= 0 && name is not ("metadata.annotations" or "metadata.labels") ? $"field label does not support subscript: {field}"
            : name != "spec.host" && !Known.Contains(name, StringComparer.Ordinal) ? $"field label not supported: {field}" : null;
        if (problem is not null)
        {
            errors.Add(FieldError.Invalid(at, field, $"error converting fieldPath: {problem}"));
        }
        else if (bracket >= 0)
        {
            var key = field[(bracket + 2)..^2];
            Checks.All(errors, path, key, NameRules.QualifiedName(key));
        }
        else
        {
            Checks.OneOf(errors, at, name == "spec.host" ? "spec.nodeName" : name, isFile ? InFiles : InVariables);
        }
    }

    private static void Resource(List<FieldError> errors, FieldPath path, ResourceFieldSelector selector, bool isFile)
    {
        if (isFile && selector.ContainerName.IsBlank()) errors.Add(FieldError.Required(path.Child("containerName")));
        else if (selector.Resource.IsBlank()) errors.Add(FieldError.Required(path.Child("resource")));
        else if (!selector.Resource!.StartsWith("limits.hugepages-", StringComparison.Ordinal) && !selector.Resource.StartsWith("requests.hugepages-", StringComparison.Ordinal))
            Checks.OneOf(errors, path.Child("resource"), selector.Resource, Amounts);
    }
}
