using System.Globalization;
using ActorPlane.Api.Batch.V1;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>When a Job fails and when it succeeds. Source: pkg/apis/batch/validation/validation.go validatePodFailurePolicy, validateSuccessPolicy.</summary>
internal static class JobPolicyValidation
{
    private const int MostRules = 20;
    private const int MostExitCodes = 255;
    private const int MostPatterns = 20;
    private const int LongestIndexes = 64 * 1024;

    public static void Failure(List<FieldError> errors, FieldPath path, JobSpec spec, PodFailurePolicy policy)
    {
        if (policy.Rules.Count > MostRules) errors.Add(FieldError.TooMany(path, policy.Rules.Count, MostRules));
        var names = spec.Template.Spec.Containers.Concat(spec.Template.Spec.InitContainers).Select(container => container.Name ?? "").ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < policy.Rules.Count; i++) Rule(errors, path.Index(i), spec, policy.Rules[i], names);
    }

    public static void Success(List<FieldError> errors, FieldPath path, JobSpec spec, SuccessPolicy policy)
    {
        if (policy.Rules.IsEmpty) errors.Add(FieldError.Required(path, "at least one rules must be specified when the successPolicy is specified"));
        if (policy.Rules.Count > MostRules) errors.Add(FieldError.TooMany(path, policy.Rules.Count, MostRules));
        for (var i = 0; i < policy.Rules.Count; i++) Rule(errors, path.Index(i), spec.Completions ?? 0, policy.Rules[i]);
    }

    private static void Rule(List<FieldError> errors, FieldPath path, JobSpec spec, PodFailurePolicyRule rule, HashSet<string> names)
    {
        var at = path.Child("action");
        if (rule.Action.IsBlank()) errors.Add(FieldError.Required(at, "valid values: [\"Count\" \"FailIndex\" \"FailJob\" \"Ignore\"]"));
        else if (rule.Action == "FailIndex" && spec.BackoffLimitPerIndex is null) errors.Add(FieldError.Invalid(at, rule.Action, "requires the backoffLimitPerIndex to be set"));
        else Checks.OneOf(errors, at, rule.Action, "Count", "FailIndex", "FailJob", "Ignore");
        if (rule.OnExitCodes is { } codes) ExitCodes(errors, path.Child("onExitCodes"), codes, names);
        at = path.Child("onPodConditions");
        if (rule.OnPodConditions.Count > MostPatterns) errors.Add(FieldError.TooMany(at, rule.OnPodConditions.Count, MostPatterns));
        for (var i = 0; i < rule.OnPodConditions.Count; i++)
        {
            var (pattern, place) = (rule.OnPodConditions[i], at.Index(i));
            Checks.All(errors, place.Child("type"), pattern.Type, NameRules.QualifiedName(pattern.Type ?? ""));
            if (pattern.Status.IsBlank()) errors.Add(FieldError.Required(place.Child("status"), "valid values: [\"False\" \"True\" \"Unknown\"]"));
            else Checks.OneOf(errors, place.Child("status"), pattern.Status, "False", "True", "Unknown");
        }

        if (rule.OnExitCodes is not null && !rule.OnPodConditions.IsEmpty) errors.Add(Whole(path, "specifying both OnExitCodes and OnPodConditions is not supported"));
        if (rule.OnExitCodes is null && rule.OnPodConditions.IsEmpty) errors.Add(Whole(path, "specifying one of OnExitCodes and OnPodConditions is required"));
    }

    private static void ExitCodes(List<FieldError> errors, FieldPath path, PodFailurePolicyOnExitCodesRequirement codes, HashSet<string> names)
    {
        if (codes.Operator.IsBlank()) errors.Add(FieldError.Required(path.Child("operator"), "valid values: [\"In\" \"NotIn\"]"));
        else Checks.OneOf(errors, path.Child("operator"), codes.Operator, "In", "NotIn");
        if (codes.ContainerName is { } name && !names.Contains(name))
            errors.Add(FieldError.Invalid(path.Child("containerName"), name, "must be one of the container or initContainer names in the pod template"));
        var (at, values) = (path.Child("values"), codes.Values);
        var printed = values.IsEmpty ? "[]int32(nil)" : "[]int32{" + string.Join(", ", values) + "}";
        if (values.IsEmpty) errors.Add(FieldError.InvalidGo(at, printed, "at least one value is required"));
        else if (values.Count > MostExitCodes) errors.Add(FieldError.TooMany(at, values.Count, MostExitCodes));
        for (var i = 0; i < values.Count; i++)
        {
            if (codes.Operator == "In" && values[i] == 0) errors.Add(FieldError.Invalid(at.Index(i), 0, "must not be 0 for the In operator"));
            if (values.Take(i).Contains(values[i])) errors.Add(FieldError.Invalid(at.Index(i), values[i], "") with { Type = FieldErrorType.Duplicate });
        }

        if (!values.Order().SequenceEqual(values)) errors.Add(FieldError.InvalidGo(at, printed, "must be ordered"));
    }

    private static void Rule(List<FieldError> errors, FieldPath path, int completions, SuccessPolicyRule rule)
    {
        if (rule is { SucceededCount: null, SucceededIndexes: null }) errors.Add(FieldError.Required(path, "at least one of succeededCount or succeededIndexes must be specified"));
        var total = 0;
        if (rule.SucceededIndexes is { } indexes)
        {
            var at = path.Child("succeededIndexes");
            if (indexes.Length > LongestIndexes) errors.Add(FieldError.TooLong(at, LongestIndexes));
            if (Indexes(indexes, completions, out total) is { } problem) errors.Add(FieldError.Invalid(at, indexes, "error parsing succeededIndexes: " + problem));
        }

        if (rule.SucceededCount is not { } count) return;
        var place = path.Child("succeededCount");
        Checks.AtLeastZero(errors, place, count);
        if (count > completions) errors.Add(FieldError.Invalid(place, count, $"must be less than or equal to {completions} (the number of specified completions)"));
        if (rule.SucceededIndexes is not null && count > total)
            errors.Add(FieldError.Invalid(place, count, $"must be less than or equal to {total} (the number of indexes in the specified succeededIndexes field)"));
    }

    // As "1,3-5": what is wrong with it, and how many it names.
    private static string? Indexes(string text, int completions, out int total)
    {
        total = 0;
        if (text.Length == 0) return null;
        var (count, last) = (0, -1);
        foreach (var part in text.Split(','))
        {
            var ends = part.Split('-');
            if (ends.Length > 2) return $"the fragment {GoText.Quote(part)} violates the requirement that an index interval can have at most two parts separated by '-'";
            if (Number(ends[0], completions, out var from) is { } bad) return bad;
            var to = from;
            if (ends.Length == 2 && Number(ends[1], completions, out to) is { } worse) return worse;
            if (ends.Length == 2 && from >= to) return $"non-increasing order, previous: {from}, current: {to}";
            if (last >= from) return $"non-increasing order, previous: {last}, current: {from}";
            count += to - from + 1;
            last = to;
        }

        total = count;
        return null;
    }

    private static string? Number(string text, int completions, out int number) =>
        !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number) ? $"cannot convert string to integer for index: {GoText.Quote(text)}"
        : number >= completions ? $"too large index: {GoText.Quote(text)}" : null;

    private static FieldError Whole(FieldPath path, string detail) => new(FieldErrorType.Invalid, path.ToString(), null, detail);
}
