using ActorPlane.Api.Coordination.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/coordination/validation/validation.go.</summary>
internal static class LeaseValidation
{
    public static void Validate(List<FieldError> errors, Lease value)
    {
        var path = FieldPath.Of("spec");
        if (value.Spec.LeaseDurationSeconds is <= 0) errors.Add(FieldError.Invalid(path.Child("leaseDurationSeconds"), value.Spec.LeaseDurationSeconds.Value, Checks.Positive));
        Checks.AtLeastZero(errors, path.Child("leaseTransitions"), value.Spec.LeaseTransitions);
    }
}
