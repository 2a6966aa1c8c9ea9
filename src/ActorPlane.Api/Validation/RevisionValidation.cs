using ActorPlane.Api.Apps.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/apps/validation/validation.go ValidateControllerRevision.</summary>
internal static class RevisionValidation
{
    public static void Validate(List<FieldError> errors, ControllerRevision value)
    {
        if (value.Data is null or { IsNull: true }) errors.Add(FieldError.Required(FieldPath.Of("data"), "data is mandatory"));
        if ((value.Revision ?? 0) < 0) errors.Add(FieldError.Invalid(FieldPath.Of("revision"), value.Revision!.Value, Checks.NotNegative));
    }

    public static void ValidateUpdate(List<FieldError> errors, ControllerRevision value, ControllerRevision old)
    {
        if (value.Data != old.Data) errors.Add(FieldError.InvalidGo(FieldPath.Of("data"), value.Data?.ToString() ?? "null", Checks.Immutable));
    }
}
