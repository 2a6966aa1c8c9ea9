using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>
/// What a container or a volume may learn of its pod. Source: pkg/apis/core/validation/validation.go validateObjectFieldSelector,
/// validateContainerResourceFieldSelector; pkg/apis/core/pods/helpers.go ConvertDownwardAPIFieldLabel.
/// </summary>
internal static class FieldReferenceValidation
{
    private const string Sizes = "1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei";

    // In the order in which an error lists them.
    private static readonly string[] InEnv =
    [
        "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs",
    ];

    private static readonly string[] InVolumes = ["metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"];

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.restartPolicy", "spec.serviceAccountName",
        "spec.schedulerName", "status.phase", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs", "spec.host",
    };

    private static readonly string[] Resources =
        ["limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"];

    public static void Field(List<FieldError> errors, FieldPath path, ObjectFieldSelector field, bool inVolume)
    {
        if (field.ApiVersion.IsBlank())
        {
            errors.Add(FieldError.Required(path.Child("apiVersion")));
            return;
        }

        var text = field.FieldPath ?? "";
        var at = path.Child("fieldPath");
        if (text.Length == 0)
        {
            errors.Add(FieldError.Required(at));
            return;
        }

        if (field.ApiVersion != "v1")
        {
            errors.Add(FieldError.Invalid(at, text, $"error converting fieldPath: unsupported pod version: {field.ApiVersion}"));
            return;
        }

        var (name, subscript) = Split(text);
        if (subscript is null ? !Known.Contains(name) : name is not ("metadata.annotations" or "metadata.labels"))
        {
            errors.Add(FieldError.Invalid(at, text, subscript is null
                ? $"error converting fieldPath: field label not supported: {name}"
                : $"error converting fieldPath: field label does not support subscript: {text}"));
        }
        else if (subscript is not null)
        {
            Checks.All(errors, path, name == "metadata.annotations" ? subscript.ToLowerInvariant() : subscript,
                NameRules.QualifiedName(name == "metadata.annotations" ? subscript.ToLowerInvariant() : subscript));
        }
        else
        {
            Checks.OneOf(errors, at, name == "spec.host" ? "spec.nodeName" : name, inVolume ? InVolumes : InEnv);
        }
    }

    public static void Resource(List<FieldError> errors, FieldPath path, ResourceFieldSelector field, bool inVolume)
    {
        var resource = field.Resource ?? "";
        var ofPages = resource.StartsWith("limits.hugepages-", StringComparison.Ordinal) || resource.StartsWith("requests.hugepages-", StringComparison.Ordinal);
        if (inVolume && field.ContainerName.IsBlank()) errors.Add(FieldError.Required(path.Child("containerName")));
        else if (resource.Length == 0) errors.Add(FieldError.Required(path.Child("resource")));
        else if (!ofPages) Checks.OneOf(errors, path.Child("resource"), resource, Resources);
        if (field.Divisor is not { IsZero: false } divisor) return;
        var kind = ofPages ? "hugepages" : resource[(resource.IndexOf('.', StringComparison.Ordinal) + 1)..];
        var text = divisor.ToString();
        var problem = kind switch
        {
            "cpu" => text is "1m" or "1" ? null : "only divisor's values 1m and 1 are supported with the cpu resource",
            "memory" => IsSize(text) ? null : $"only divisor's values {Sizes} are supported with the memory resource",
            "ephemeral-storage" => IsSize(text) ? null : $"only divisor's values {Sizes} are supported with the local ephemeral storage resource",
            "hugepages" => IsSize(text) ? null : $"only divisor's values {Sizes} are supported with the hugepages resource",
            _ => null,
        };
        if (problem is not null) errors.Add(FieldError.Invalid(path.Child("divisor"), resource, problem));
    }

    private static bool IsSize(string text) => Sizes.Split(", ").Contains(text);

    // metadata.labels['a/b'] is a part of a field.
    private static (string Name, string? Subscript) Split(string text)
    {
        var at = text.IndexOf("['", StringComparison.Ordinal);
        return at > 0 && text.EndsWith("']", StringComparison.Ordinal) ? (text[..at], text[(at + 2)..^2]) : (text, null);
    }
}
