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
            var problem = value.Metadata.Name switch
            {
                "system-node-critical" => Known(value, 2_000_001_000),
                "system-cluster-critical" => Known(value, 2_000_000_000),
                _ => value.Metadata.Name + " is not a known system priority class",
            };
            if (problem is not null)
                errors.Add(FieldError.Forbidden(FieldPath.Of("metadata", "name"), "priority class names with 'system-' prefix are reserved for system use only. error: " + problem));
        }
        else if (value.Value > HighestOfUsers)
        {
            errors.Add(FieldError.Forbidden(FieldPath.Of("value"), "maximum allowed value of a user defined priority is 1000000000"));
        }

        if (value.PreemptionPolicy is { } policy) Checks.OneOf(errors, FieldPath.Of("preemptionPolicy"), policy, "PreemptLowerPriority", "Never");
    }

    private static string? Known(PriorityClass value, int priority) =>
        value.Value != priority ? $"value of {value.Metadata.Name} PriorityClass must be {priority}"
        : value.GlobalDefault == true ? $"globalDefault of {value.Metadata.Name} PriorityClass must be false" : null;

    public static void ValidateUpdate(List<FieldError> errors, PriorityClass value, PriorityClass old)
    {
        if ((value.Value ?? 0) != (old.Value ?? 0)) errors.Add(FieldError.Forbidden(FieldPath.Of("value"), "may not be changed in an update."));
        if (value.PreemptionPolicy != old.PreemptionPolicy) errors.Add(FieldError.Invalid(FieldPath.Of("preemptionPolicy"), value.PreemptionPolicy, Checks.Immutable));
    }
}
