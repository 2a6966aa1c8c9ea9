using ActorPlane.Api.Scheduling.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/scheduling/validation/validation.go.</summary>
internal static class PriorityClassValidation
{
    private const int HighestOfUsers = 1_000_000_000;

    public static void Validate(List<FieldError> errors, PriorityClass value)
    {
        if (value.Metadata.Name?.StartsWith("system-", StringComparison.Ordinal) == true)
        {
            var known = value.Metadata.Name == "system-node-critical" ? 2_000_001_000 : value.Metadata.Name == "system-cluster-critical" ? 2_000_000_000 : 0;
            if (known == 0 || value.Value != known)
            {
                errors.Add(FieldError.Forbidden(FieldPath.Of("metadata", "name"), "priority class names with 'system-' prefix are reserved for system use only. error: " + value.Metadata.Name + " is not a known system priority class"));
            }
        }
        else if (value.Value > HighestOfUsers)
        {
            errors.Add(FieldError.Forbidden(FieldPath.Of("value"), "maximum allowed value of a user defined priority is 1000000000"));
        }

        if (value.PreemptionPolicy is { } policy) Checks.OneOf(errors, FieldPath.Of("preemptionPolicy"), policy, "Never", "PreemptLowerPriority");
    }

    public static void ValidateUpdate(List<FieldError> errors, PriorityClass value, PriorityClass old)
    {
        if ((value.Value ?? 0) != (old.Value ?? 0)) errors.Add(FieldError.Forbidden(FieldPath.Of("value"), "may not be changed in an update."));
        if (value.PreemptionPolicy != old.PreemptionPolicy) errors.Add(FieldError.Invalid(FieldPath.Of("preemptionPolicy"), value.PreemptionPolicy, Checks.Immutable));
    }
}
