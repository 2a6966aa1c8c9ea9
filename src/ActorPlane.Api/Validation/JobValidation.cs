using ActorPlane.Api.Batch.V1;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/batch/validation/validation.go ValidateJob, ValidateJobUpdate.</summary>
internal static class JobValidation
{
    private const string Indexed = "Indexed";
    private const int MostParallel = 100_000;
    private const int MostFailedIndexes = 100_000;
    private const int ManyCompletions = 100_000;
    private const int MostOfMany = 10_000;
    private const int LongestManager = 63;
    private static readonly FieldPath Path = FieldPath.Of("spec");

    public static void Validate(List<FieldError> errors, Job value)
    {
        Spec(errors, Path, value.Spec);
        var selector = value.Spec.Selector;
        if (selector is null) errors.Add(FieldError.Required(Path.Child("selector")));
        else Checks.Selector(errors, Path.Child("selector"), selector);
        var labels = value.Spec.Template.Metadata.Labels;
        if (selector is null || !selector.Matches(labels))
            errors.Add(FieldError.InvalidGo(Path.Child("template").Child("metadata").Child("labels"), GoText.Map(labels), "`selector` does not match template `labels`"));
    }

    /// <summary>What only a new Job is held to.</summary>
    public static void ValidateCreate(List<FieldError> errors, Job value)
    {
        if (value.Spec is { ManualSelector: not true, Selector: { } selector }) Generated(errors, value, selector);
        if (value.Spec is not { CompletionMode: Indexed, Completions: > 0 and var completions }) return;
        var last = $"{value.Metadata.Name}-{completions - 1}";
        if (!NameRules.DnsLabel(last).IsEmpty)
            errors.Add(FieldError.Invalid(FieldPath.Of("metadata", "name"), value.Metadata.Name, $"will not able to create pod with invalid DNS label: {last}"));
    }

    public static void ValidateUpdate(List<FieldError> errors, Job value, Job old)
    {
        var (spec, before) = (value.Spec, old.Spec);
        if (spec.Completions != before.Completions)
        {
            if (spec.CompletionMode != Indexed) errors.Add(FieldError.InvalidGo(Path.Child("completions"), Number(spec.Completions), Checks.Immutable));
            else if (spec.Completions is { } completions && completions != spec.Parallelism)
                errors.Add(FieldError.Invalid(Path.Child("completions"), completions, "can only be modified in tandem with spec.parallelism"));
        }

        if (spec.Selector != before.Selector) errors.Add(FieldError.InvalidGo(Path.Child("selector"), spec.Selector is { } selector ? GoText.Selector(selector) : "\"null\"", Checks.Immutable));
        Template(errors, spec, old);
        if (spec.CompletionMode != before.CompletionMode) errors.Add(FieldError.Invalid(Path.Child("completionMode"), spec.CompletionMode, Checks.Immutable));
        if (spec.PodFailurePolicy != before.PodFailurePolicy)
            errors.Add(FieldError.InvalidGo(Path.Child("podFailurePolicy"), spec.PodFailurePolicy?.ToString() ?? "\"null\"", Checks.Immutable));
        if (spec.BackoffLimitPerIndex != before.BackoffLimitPerIndex) errors.Add(FieldError.InvalidGo(Path.Child("backoffLimitPerIndex"), Number(spec.BackoffLimitPerIndex), Checks.Immutable));
        if (spec.ManagedBy != before.ManagedBy) errors.Add(FieldError.Invalid(Path.Child("managedBy"), spec.ManagedBy ?? "null", Checks.Immutable));
        if (spec.SuccessPolicy != before.SuccessPolicy) errors.Add(FieldError.InvalidGo(Path.Child("successPolicy"), spec.SuccessPolicy?.ToString() ?? "\"null\"", Checks.Immutable));
    }

    // While a Job that never started is suspended, scheduling directives of its template may change.
    private static void Template(List<FieldError> errors, JobSpec spec, Job old)
    {
        var before = old.Spec.Template;
        if (old.Spec.Suspend == true && old.Status.StartTime is null)
        {
            var affinity = spec.Template.Spec.Affinity?.NodeAffinity;
            var rest = (before.Spec.Affinity ?? Core.V1.Affinity.Empty) with { NodeAffinity = affinity };
            before = before with
            {
                Metadata = before.Metadata with { Labels = spec.Template.Metadata.Labels, Annotations = spec.Template.Metadata.Annotations },
                Spec = before.Spec with
                {
                    Affinity = spec.Template.Spec.Affinity is null && rest == Core.V1.Affinity.Empty ? null : rest,
                    NodeSelector = spec.Template.Spec.NodeSelector,
                    Tolerations = spec.Template.Spec.Tolerations,
                    SchedulingGates = spec.Template.Spec.SchedulingGates,
                },
            };
            if (before.Spec.Affinity == Core.V1.Affinity.Empty && spec.Template.Spec.Affinity is null) before = before with { Spec = before.Spec with { Affinity = null } };
        }

        if (spec.Template != before) errors.Add(FieldError.InvalidGo(Path.Child("template"), spec.Template.ToString(), Checks.Immutable));
    }

    // Who does not choose the pods by hand leaves the selector to the server.
    private static void Generated(List<FieldError> errors, Job value, LabelSelector selector)
    {
        var (uid, name) = (value.Metadata.Uid ?? "", value.Metadata.Name ?? "");
        if (uid.Length == 0) errors.Add(FieldError.Required(FieldPath.Of("metadata", "uid")));
        var labels = value.Spec.Template.Metadata.Labels;
        var wanted = ValueMap<string>.Empty;
        foreach (var (key, text) in (ReadOnlySpan<(string, string)>)
            [("controller-uid", uid), ("job-name", name), ("batch.kubernetes.io/controller-uid", uid), ("batch.kubernetes.io/job-name", name)])
        {
            wanted = wanted.With(key, text);
            var at = Path.Child("template").Child("metadata").Child("labels").Key(key);
            if (!labels.TryGetValue(key, out var given)) errors.Add(FieldError.Required(at, $"must be '{text}'"));
            else if (given != text) errors.Add(FieldError.InvalidGo(at, GoText.Map(labels), $"must be '{text}'"));
        }

        if (!selector.Matches(wanted)) errors.Add(FieldError.InvalidGo(Path.Child("selector"), GoText.Selector(selector), "`selector` not auto-generated"));
    }

    /// <summary>The spec of a Job, or of those that a CronJob makes.</summary>
    public static void Spec(List<FieldError> errors, FieldPath path, JobSpec spec)
    {
        Checks.AtLeastZero(errors, path.Child("parallelism"), spec.Parallelism);
        Checks.AtLeastZero(errors, path.Child("completions"), spec.Completions);
        Checks.AtLeastZero(errors, path.Child("activeDeadlineSeconds"), spec.ActiveDeadlineSeconds);
        Checks.AtLeastZero(errors, path.Child("backoffLimit"), spec.BackoffLimit);
        Checks.AtLeastZero(errors, path.Child("ttlSecondsAfterFinished"), spec.TtlSecondsAfterFinished);
        Checks.AtLeastZero(errors, path.Child("backoffLimitPerIndex"), spec.BackoffLimitPerIndex);
        Checks.AtLeastZero(errors, path.Child("maxFailedIndexes"), spec.MaxFailedIndexes);
        if (spec is { MaxFailedIndexes: not null, BackoffLimitPerIndex: null }) errors.Add(FieldError.Required(path.Child("backoffLimitPerIndex"), "when maxFailedIndexes is specified"));
        if (spec.ManagedBy is { } manager)
        {
            ClassValidation.DomainPath(errors, path.Child("managedBy"), manager);
            if (manager.Length > LongestManager) errors.Add(FieldError.TooLong(path.Child("managedBy"), LongestManager));
        }

        if (spec.CompletionMode is { } mode) Checks.OneOf(errors, path.Child("completionMode"), mode, "NonIndexed", Indexed);
        if (spec.CompletionMode == Indexed) Indexes(errors, path, spec);
        if (spec.CompletionMode is null or "NonIndexed")
        {
            const string Needs = "requires indexed completion mode";
            if (spec.BackoffLimitPerIndex is { } limit) errors.Add(FieldError.Invalid(path.Child("backoffLimitPerIndex"), limit, Needs));
            if (spec.MaxFailedIndexes is { } most) errors.Add(FieldError.Invalid(path.Child("maxFailedIndexes"), most, Needs));
        }

        if (spec.PodFailurePolicy is { } failure) JobPolicyValidation.Failure(errors, path.Child("podFailurePolicy").Child("rules"), spec, failure);
        if (spec.SuccessPolicy is { } success)
        {
            if (spec.CompletionMode != Indexed) errors.Add(FieldError.InvalidGo(path.Child("successPolicy"), success.ToString(), "requires indexed completion mode"));
            else JobPolicyValidation.Success(errors, path.Child("successPolicy").Child("rules"), spec, success);
        }

        if (spec.PodReplacementPolicy is { } replacement)
        {
            if (spec.PodFailurePolicy is not null) Checks.OneOf(errors, path.Child("podReplacementPolicy"), replacement, "Failed");
            else Checks.OneOf(errors, path.Child("podReplacementPolicy"), replacement, "Failed", "TerminatingOrFailed");
        }

        PodValidation.Template(errors, path.Child("template"), spec.Template);
        var (at, policy) = (path.Child("template").Child("spec").Child("restartPolicy"), spec.Template.Spec.RestartPolicy);
        if (policy is null or "" or "Always") errors.Add(FieldError.Required(at, "valid values: \"OnFailure\", \"Never\""));
        else if (policy is not ("OnFailure" or "Never")) errors.Add(FieldError.NotSupported(at, policy, "OnFailure", "Never"));
        else if (spec.PodFailurePolicy is not null && policy != "Never") errors.Add(FieldError.Invalid(at, policy, "only \"Never\" is supported when podFailurePolicy is specified"));
    }

    private static void Indexes(List<FieldError> errors, FieldPath path, JobSpec spec)
    {
        if (spec.Completions is null) errors.Add(FieldError.Required(path.Child("completions"), "when completion mode is Indexed"));
        if (spec.Parallelism is > MostParallel and var parallel)
            errors.Add(FieldError.Invalid(path.Child("parallelism"), parallel, $"must be less than or equal to {MostParallel} when completion mode is Indexed"));
        var at = path.Child("maxFailedIndexes");
        if (spec.MaxFailedIndexes > spec.Completions) errors.Add(FieldError.Invalid(at, spec.MaxFailedIndexes.Value, "must be less than or equal to completions"));
        if (spec.MaxFailedIndexes > MostFailedIndexes) errors.Add(FieldError.Invalid(at, spec.MaxFailedIndexes.Value, $"must be less than or equal to {MostFailedIndexes}"));
        if (spec is not { Completions: > ManyCompletions, BackoffLimitPerIndex: not null }) return;
        var most = $"must be less than or equal to {MostOfMany} when completions are above {ManyCompletions} and used with backoff limit per index";
        if (spec.MaxFailedIndexes is null) errors.Add(FieldError.Required(at, $"must be specified when completions is above {ManyCompletions}"));
        if (spec.Parallelism > MostOfMany) errors.Add(FieldError.Invalid(path.Child("parallelism"), spec.Parallelism.Value, most));
        if (spec.MaxFailedIndexes > MostOfMany) errors.Add(FieldError.Invalid(at, spec.MaxFailedIndexes.Value, most));
    }

    private static string Number(int? number) => number?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "\"null\"";
}
