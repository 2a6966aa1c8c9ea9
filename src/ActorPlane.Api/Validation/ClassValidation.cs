using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Networking.V1;
using ActorPlane.Api.NodeGroup.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/networking/validation/validation.go ValidateIngressClass, pkg/apis/node/validation/validation.go.</summary>
internal static class ClassValidation
{
    private const int LongestController = 250;

    public static void Validate(List<FieldError> errors, IngressClass value)
    {
        var path = FieldPath.Of("spec", "controller");
        if (value.Spec.Controller?.Length > LongestController) errors.Add(FieldError.TooLong(path, LongestController));
        DomainPath(errors, path, value.Spec.Controller);
        if (value.Spec.Parameters is not { } parameters) return;
        path = FieldPath.Of("spec", "parameters");
        Reference(errors, path, parameters.ApiGroup, parameters.Kind, parameters.Name);
        switch (parameters.Scope)
        {
            case null:
                errors.Add(FieldError.Required(path.Child("scope")));
                break;
            case "Namespace":
                if (parameters.Namespace is null) errors.Add(FieldError.Required(path.Child("namespace"), "`parameters.scope` is set to 'Namespace'"));
                else Checks.All(errors, path.Child("namespace"), parameters.Namespace, NameRules.DnsLabel(parameters.Namespace));
                break;
            case "Cluster":
                if (parameters.Namespace is not null) errors.Add(FieldError.Forbidden(path.Child("namespace"), "`parameters.scope` is set to 'Cluster'"));
                break;
            default:
                errors.Add(FieldError.NotSupported(path.Child("scope"), parameters.Scope, "Cluster", "Namespace"));
                break;
        }
    }

    public static void ValidateUpdate(List<FieldError> errors, IngressClass value, IngressClass old)
    {
        if (value.Spec.Controller != old.Spec.Controller) errors.Add(FieldError.Invalid(FieldPath.Of("spec", "controller"), value.Spec.Controller, Checks.Immutable));
    }

    /// <summary>An object of the same namespace.</summary>
    public static void Reference(List<FieldError> errors, FieldPath path, string? group, string? kind, string? name)
    {
        if (group is not null) Checks.All(errors, path.Child("apiGroup"), group, NameRules.DnsSubdomain(group));
        AutoscalerValidation.Reference(errors, path, kind, name, "kind is required", "name is required");
    }

    /// <summary>A domain, a slash, and a path. Source: apimachinery/pkg/util/validation/validation.go IsDomainPrefixedPath.</summary>
    public static void DomainPath(List<FieldError> errors, FieldPath path, string? value)
    {
        const string PathCharacters = "/-._~%!$&'()*+,;=:";
        var parts = (value ?? "").Split('/', 2);
        if (value.IsBlank()) errors.Add(FieldError.Required(path));
        else if (parts.Length < 2 || parts[0].Length == 0 || parts[1].Length == 0) errors.Add(FieldError.Invalid(path, value, "must be a domain-prefixed path (such as \"acme.io/foo\")"));
        else
        {
            Checks.All(errors, path, parts[0], NameRules.DnsSubdomain(parts[0]));
            if (parts[1].Any(c => !char.IsAsciiLetterOrDigit(c) && !PathCharacters.Contains(c, StringComparison.Ordinal)))
                errors.Add(FieldError.Invalid(path, parts[1], "Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')"));
        }
    }

    public static void Validate(List<FieldError> errors, RuntimeClass value)
    {
        Checks.All(errors, FieldPath.Of("handler"), value.Handler, NameRules.DnsLabel(value.Handler ?? ""));
        if (value.Overhead is { } overhead)
            ResourceValidation.Requirements(errors, FieldPath.Of("overhead", "podFixed"), ResourceRequirements.Empty with { Limits = overhead.PodFixed }, new HashSet<string>());
        if (value.Scheduling is not { } scheduling) return;
        errors.AddRange(ObjectMetaValidation.Labels(scheduling.NodeSelector, FieldPath.Of("scheduling", "nodeSelector")));
        TolerationValidation.Validate(errors, FieldPath.Of("scheduling", "tolerations"), scheduling.Tolerations);
    }

    public static void ValidateUpdate(List<FieldError> errors, RuntimeClass value, RuntimeClass old)
    {
        if (value.Handler != old.Handler) errors.Add(FieldError.Invalid(FieldPath.Of("handler"), value.Handler, Checks.Immutable));
    }
}
