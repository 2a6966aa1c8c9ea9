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
        var controller = value.Spec.Controller ?? "";
        if (controller.Length > LongestController) errors.Add(FieldError.TooLong(path, LongestController));
        var parts = controller.Split('/', 2);
        if (parts.Length < 2 || parts[0].Length == 0 || parts[1].Length == 0)
            errors.Add(FieldError.Invalid(path, controller, "must be a domain-prefixed path (such as \"acme.io/foo\")"));
        else Checks.All(errors, path, parts[0], NameRules.DnsSubdomain(parts[0]));
        if (value.Spec.Parameters is not { } parameters) return;
        var at = FieldPath.Of("spec", "parameters");
        if (parameters.Kind.IsBlank()) errors.Add(FieldError.Required(at.Child("kind"), "kind is required"));
        if (parameters.Name.IsBlank()) errors.Add(FieldError.Required(at.Child("name"), "name is required"));
        Checks.OneOf(errors, at.Child("scope"), parameters.Scope, "Cluster", "Namespace");
        if (parameters.Scope == "Namespace" && parameters.Namespace.IsBlank()) errors.Add(FieldError.Required(at.Child("namespace"), "`parameters.scope` is set to 'Namespace'"));
        if (parameters.Scope == "Cluster" && parameters.Namespace is not null) errors.Add(FieldError.Forbidden(at.Child("namespace"), "`parameters.scope` is set to 'Cluster'"));
    }

    public static void ValidateUpdate(List<FieldError> errors, IngressClass value, IngressClass old)
    {
        if (value.Spec.Controller != old.Spec.Controller) errors.Add(FieldError.Invalid(FieldPath.Of("spec", "controller"), value.Spec.Controller, Checks.Immutable));
    }

    public static void Validate(List<FieldError> errors, RuntimeClass value) =>
        Checks.All(errors, FieldPath.Of("handler"), value.Handler, NameRules.DnsLabel(value.Handler ?? ""));

    public static void ValidateUpdate(List<FieldError> errors, RuntimeClass value, RuntimeClass old)
    {
        if (value.Handler != old.Handler) errors.Add(FieldError.Invalid(FieldPath.Of("handler"), value.Handler, Checks.Immutable));
    }
}
