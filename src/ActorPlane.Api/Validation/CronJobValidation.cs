using ActorPlane.Api.Batch.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/batch/validation/validation.go validateCronJobSpec.</summary>
internal static class CronJobValidation
{
    private const int LongestZonePart = 14;
    private static readonly FieldPath Path = FieldPath.Of("spec");

    public static void Validate(List<FieldError> errors, CronJob value)
    {
        var spec = value.Spec;
        if (spec.Schedule.IsBlank()) errors.Add(FieldError.Required(Path.Child("schedule")));
        else if (CronSchedule.Problem(spec.Schedule!) is { } problem) errors.Add(FieldError.Invalid(Path.Child("schedule"), spec.Schedule, problem));
        Checks.AtLeastZero(errors, Path.Child("startingDeadlineSeconds"), spec.StartingDeadlineSeconds);
        if (spec.TimeZone is { } zone && Zone(zone) is { } wrong) errors.Add(FieldError.Invalid(Path.Child("timeZone"), zone, wrong));
        if (spec.ConcurrencyPolicy.IsBlank()) errors.Add(FieldError.Required(Path.Child("concurrencyPolicy")));
        else Checks.OneOf(errors, Path.Child("concurrencyPolicy"), spec.ConcurrencyPolicy, "Allow", "Forbid", "Replace");
        var at = Path.Child("jobTemplate").Child("spec");
        JobValidation.Spec(errors, at, spec.JobTemplate.Spec);
        if (spec.JobTemplate.Spec.Selector is { } selector) errors.Add(FieldError.InvalidGo(at.Child("selector"), GoText.Selector(selector), "`selector` will be auto-generated"));
        if (spec.JobTemplate.Spec.ManualSelector == true) errors.Add(FieldError.NotSupported(at.Child("manualSelector"), "", "nil", "false") with { BadValue = "true" });
        Checks.AtLeastZero(errors, Path.Child("successfulJobsHistoryLimit"), spec.SuccessfulJobsHistoryLimit);
        Checks.AtLeastZero(errors, Path.Child("failedJobsHistoryLimit"), spec.FailedJobsHistoryLimit);
    }

    // Names as the tz database builds them. Whether the database has such a zone is asked of the machine's own copy, where it has one.
    private static string? Zone(string zone)
    {
        if (zone.Length == 0) return "timeZone must be nil or non-empty string";
        if (zone.Split('/').Any(part => part is "" or "." or ".." or ['-', ..] || part.Length > LongestZonePart || part.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or '_' or '+'))))
            return $"unknown time zone {zone}";
        if (string.Equals(zone, "Local", StringComparison.OrdinalIgnoreCase)) return "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones";
        return zone == "UTC" || TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _) || !TimeZoneInfo.TryFindSystemTimeZoneById("Europe/London", out _) ? null : $"unknown time zone {zone}";
    }
}
