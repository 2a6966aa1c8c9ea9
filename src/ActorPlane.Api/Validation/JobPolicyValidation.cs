using System.Globalization;
using ActorPlane.Api.Batch.V1;

namespace ActorPlane.Api;

/// <summary>
/// When a job counts as failed or done, and who looks after it. Source: pkg/apis/batch/validation/validation.go validateJobSpec, validatePodFailurePolicy,
/// validateSuccessPolicy, ValidateJobSpecUpdate.
/// </summary>
internal static class JobPolicyValidation
{
    private const int LongestManager = 63;

    public static void Validate(List<FieldError> errors, FieldPath path, JobSpec spec)
    {
        Checks.AtLeastZero(errors, path.Child("backoffLimitPerIndex"), spec.BackoffLimitPerIndex);
        Checks.AtLeastZero(errors, path.Child("maxFailedIndexes"), spec.MaxFailedIndexes);
        if (spec is { MaxFailedIndexes: not null, BackoffLimitPerIndex: null }) errors.Add(FieldError.Required(path.Child("backoffLimitPerIndex"), "when maxFailedIndexes is specified"));
        if (spec.CompletionMode == "NonIndexed")
        {
            const string Why = "requires indexed completion mode";
            if (spec.BackoffLimitPerIndex is { } limit) errors.Add(FieldError.Invalid(path.Child("backoffLimitPerIndex"), limit, Why));
            if (spec.MaxFailedIndexes is { } most) errors.Add(FieldError.Invalid(path.Child("maxFailedIndexes"), most, Why));
            if (spec.SuccessPolicy is { } success) errors.Add(FieldError.InvalidGo(path.Child("successPolicy"), success.ToString(), Why));
        }

        if (spec.ManagedBy is { } manager)
        {
            var at = path.Child("managedBy");
            var slash = manager.IndexOf('/', StringComparison.Ordinal);
            if (slash <= 0 || slash == manager.Length - 1) errors.Add(FieldError.Invalid(at, manager, "must be a domain-prefixed path (such as \"acme.io/foo\")"));
            else Checks.All(errors, at, manager[..slash], NameRules.DnsSubdomain(manager[..slash]));
            if (manager.Length > LongestManager) errors.Add(FieldError.TooLong(at, LongestManager));
        }

        if (spec.PodFailurePolicy is { } failure) Failure(errors, path.Child("podFailurePolicy").Child("rules"), failure, spec.BackoffLimitPerIndex is not null);
        if (spec.SuccessPolicy is { Rules.IsEmpty: true }) errors.Add(FieldError.Required(path.Child("successPolicy").Child("rules"), "at least one rules must be specified when the successPolicy is specified"));
        if (spec.PodReplacementPolicy is not { } replacement) return;
        if (spec.PodFailurePolicy is not null) Checks.OneOf(errors, path.Child("podReplacementPolicy"), replacement, "Failed");
        else Checks.OneOf(errors, path.Child("podReplacementPolicy"), replacement, "Failed", "TerminatingOrFailed");
    }

    public static void ValidateUpdate(List<FieldError> errors, FieldPath path, JobSpec spec, JobSpec old)
    {
        if (spec.PodFailurePolicy != old.PodFailurePolicy) Changed("podFailurePolicy", spec.PodFailurePolicy?.ToString());
        if (spec.BackoffLimitPerIndex != old.BackoffLimitPerIndex) Changed("backoffLimitPerIndex", spec.BackoffLimitPerIndex?.ToString(CultureInfo.InvariantCulture));
        if (spec.ManagedBy != old.ManagedBy) Changed("managedBy", spec.ManagedBy is { } manager ? GoText.Quote(manager) : null);
        if (spec.SuccessPolicy != old.SuccessPolicy) Changed("successPolicy", spec.SuccessPolicy?.ToString());
        void Changed(string field, string? value) => errors.Add(FieldError.InvalidGo(path.Child(field), value ?? "\"null\"", Checks.Immutable));
    }

    private static void Failure(List<FieldError> errors, FieldPath path, PodFailurePolicy policy, bool isPerIndex)
    {
        for (var i = 0; i < policy.Rules.Count; i++)
        {
            var (at, rule) = (path.Index(i), policy.Rules[i]);
            if (rule.Action.IsBlank()) errors.Add(FieldError.Required(at.Child("action"), "valid values: [\"Count\" \"FailIndex\" \"FailJob\" \"Ignore\"]"));
            else if (rule.Action == "FailIndex" && !isPerIndex) errors.Add(FieldError.Invalid(at.Child("action"), rule.Action, "requires the backoffLimitPerIndex to be set"));
            else Checks.OneOf(errors, at.Child("action"), rule.Action, "Count", "FailIndex", "FailJob", "Ignore");
            if (rule.OnExitCodes is { } codes)
            {
                var on = at.Child("onExitCodes");
                if (codes.Operator.IsBlank()) errors.Add(FieldError.Required(on.Child("operator"), "valid values: [\"In\" \"NotIn\"]"));
                else Checks.OneOf(errors, on.Child("operator"), codes.Operator, "In", "NotIn");
                if (codes.Values.IsEmpty) errors.Add(FieldError.InvalidGo(on.Child("values"), "[]int32(nil)", "at least one value is required"));
                if (!rule.OnPodConditions.IsEmpty) errors.Add(new FieldError(FieldErrorType.Invalid, at.ToString(), null, "specifying both OnExitCodes and OnPodConditions is not supported"));
            }
            else if (rule.OnPodConditions.IsEmpty)
            {
                errors.Add(new FieldError(FieldErrorType.Invalid, at.ToString(), null, "specifying one of OnExitCodes and OnPodConditions is required"));
            }
        }
    }
}
