using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/core/validation/validation.go ValidatePodBinding.</summary>
internal static class BindingValidation
{
    public static void Validate(List<FieldError> errors, Binding value)
    {
        if (value.Target.Kind is not (null or "" or "Node")) errors.Add(FieldError.NotSupported(FieldPath.Of("target", "kind"), value.Target.Kind, "Node", "<empty>"));
        if (value.Target.Name.IsBlank()) errors.Add(FieldError.Required(FieldPath.Of("target", "name")));
    }
}
