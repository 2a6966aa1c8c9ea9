using ActorPlane.Api.Batch.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/batch/validation/validation.go.</summary>
internal static class JobValidation
{
    public static void Validate(List<FieldError> errors, Job value)
    {
        var path = FieldPath.Of("spec");
        if (value.Spec is { ManualSelector: not true, Selector: { } selector }) Generated(errors, path, value, selector);
        Spec(errors, path, value.Spec);
        if (value.Spec.Selector is null) errors.Add(FieldError.Required(path.Child("selector")));
        if (value.Spec.Selector is not { } own || !own.Matches(value.Spec.Template.Metadata.Labels))
        {
            errors.Add(FieldError.InvalidGo(
                path.Child("template").Child("metadata").Child("labels"), GoText.Map(value.Spec.Template.Metadata.Labels), "`selector` does not match template `labels`"));
        }
    }

    public static void Validate(List<FieldError> errors, CronJob value)
    {
        var path = FieldPath.Of("spec");
        var spec = value.Spec;
        if (spec.Schedule.IsBlank()) errors.Add(FieldError.Required(path.Child("schedule")));
        else if (CronSchedule.Problem(spec.Schedule!) is { } problem) errors.Add(FieldError.Invalid(path.Child("schedule"), spec.Schedule, problem));
        if (spec.TimeZone is { } zone && ZoneProblem(zone) is { } unknown) errors.Add(FieldError.Invalid(path.Child("timeZone"), zone, unknown));
        Checks.AtLeastZero(errors, path.Child("startingDeadlineSeconds"), spec.StartingDeadlineSeconds);
        Checks.OneOf(errors, path.Child("concurrencyPolicy"), spec.ConcurrencyPolicy, "Allow", "Forbid", "Replace");
        Checks.AtLeastZero(errors, path.Child("successfulJobsHistoryLimit"), spec.SuccessfulJobsHistoryLimit);
        Checks.AtLeastZero(errors, path.Child("failedJobsHistoryLimit"), spec.FailedJobsHistoryLimit);
        var template = path.Child("jobTemplate").Child("spec");
        Spec(errors, template, spec.JobTemplate.Spec);
        if (spec.JobTemplate.Spec.Selector is { } selector) errors.Add(FieldError.InvalidGo(template.Child("selector"), GoText.Selector(selector), "`selector` will be auto-generated"));
        if (spec.JobTemplate.Spec.ManualSelector == true)
            errors.Add(FieldError.NotSupported(template.Child("manualSelector"), "", "nil", "false") with { BadValue = "true" });
    }

    // Which zones there are depends on the machine; what a name may look like does not.
    private static string? ZoneProblem(string zone)
    {
        if (zone.Length == 0) return "timeZone must be nil or non-empty string";
        foreach (var part in zone.Split('/'))
        {
            if (part is "." or ".." || part.StartsWith('-') || part.Length is 0 or > 14 || !part.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '+'))
                return $"unknown time zone {zone}";
        }

        if (zone.Equals("Local", StringComparison.OrdinalIgnoreCase)) return "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones";
        return TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _) || TimeZoneInfo.GetSystemTimeZones().Count <= 1 ? null : $"unknown time zone {zone}";
    }

    public static void ValidateUpdate(List<FieldError> errors, Job value, Job old)
    {
        var path = FieldPath.Of("spec");
        if (value.Spec.Completions != old.Spec.Completions && value.Spec.CompletionMode != "Indexed")
        {
            errors.Add(FieldError.InvalidGo(path.Child("completions"), value.Spec.Completions?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null", Checks.Immutable));
        }

        if (value.Spec.Selector != old.Spec.Selector)
            errors.Add(FieldError.InvalidGo(path.Child("selector"), value.Spec.Selector is { } selector ? GoText.Selector(selector) : "\"null\"", Checks.Immutable));
        if (value.Spec.CompletionMode != old.Spec.CompletionMode) errors.Add(FieldError.Invalid(path.Child("completionMode"), value.Spec.CompletionMode, Checks.Immutable));

        // While a job that never started is suspended, scheduling directives of its template may change.
        var suspended = old.Spec.Suspend == true && old.Status.StartTime is null;
        var template = !suspended ? value.Spec.Template : value.Spec.Template with
        {
            Metadata = old.Spec.Template.Metadata,
            Spec = value.Spec.Template.Spec with
            {
                NodeSelector = old.Spec.Template.Spec.NodeSelector,
                Affinity = old.Spec.Template.Spec.Affinity,
                Tolerations = old.Spec.Template.Spec.Tolerations,
                SchedulingGates = old.Spec.Template.Spec.SchedulingGates,
            },
        };
        if (template != old.Spec.Template) errors.Add(FieldError.InvalidGo(path.Child("template"), value.Spec.Template.ToString(), Checks.Immutable));
        JobPolicyValidation.ValidateUpdate(errors, path, value.Spec, old.Spec);
    }

    // Who does not choose the pods by hand leaves the selector to the server.
    private static void Generated(List<FieldError> errors, FieldPath path, Job value, Meta.V1.LabelSelector selector)
    {
        var uid = value.Metadata.Uid;
        if (selector.MatchExpressions.IsEmpty && selector.MatchLabels.Count == 1
            && selector.MatchLabels.All(label => label.Key is "controller-uid" or "batch.kubernetes.io/controller-uid" && label.Value == uid))
        {
            return;
        }

        errors.Add(FieldError.InvalidGo(path.Child("selector"), GoText.Selector(selector), "`selector` not auto-generated"));
    }

    private static void Spec(List<FieldError> errors, FieldPath path, JobSpec spec)
    {
        Checks.AtLeastZero(errors, path.Child("parallelism"), spec.Parallelism);
        Checks.AtLeastZero(errors, path.Child("completions"), spec.Completions);
        Checks.AtLeastZero(errors, path.Child("activeDeadlineSeconds"), spec.ActiveDeadlineSeconds);
        Checks.AtLeastZero(errors, path.Child("backoffLimit"), spec.BackoffLimit);
        Checks.AtLeastZero(errors, path.Child("ttlSecondsAfterFinished"), spec.TtlSecondsAfterFinished);
        if (spec.CompletionMode is { } mode)
        {
            Checks.OneOf(errors, path.Child("completionMode"), mode, "Indexed", "NonIndexed");
            if (mode == "Indexed" && spec.Completions is null) errors.Add(FieldError.Required(path.Child("completions"), "when completion mode is Indexed"));
        }

        JobPolicyValidation.Validate(errors, path, spec);
        PodValidation.Template(errors, path.Child("template"), spec.Template);
        var policy = path.Child("template").Child("spec").Child("restartPolicy");
        if (spec.Template.Spec.RestartPolicy == "Always") errors.Add(FieldError.Required(policy, "valid values: \"OnFailure\", \"Never\""));
        else if (spec.PodFailurePolicy is not null && spec.Template.Spec.RestartPolicy != "Never")
        {
            errors.Add(FieldError.Invalid(policy, spec.Template.Spec.RestartPolicy, "only \"Never\" is supported when podFailurePolicy is specified"));
        }
    }
}
