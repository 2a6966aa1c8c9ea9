using ActorPlane.Api.Batch.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/batch/v1/defaults.go SetDefaults_Job.</summary>
public static class JobDefaults
{
    /// <summary>One completion, one at a time, six retries; labels follow the template's.</summary>
    public static Job Apply(Job value)
    {
        var spec = Apply(value.Spec);
        var labels = value.Metadata.Labels.IsEmpty ? spec.Template.Metadata.Labels : value.Metadata.Labels;
        return value with
        {
            Metadata = ReferenceEquals(labels, value.Metadata.Labels) ? value.Metadata : value.Metadata with { Labels = labels },
            Spec = spec with
            {
                Completions = spec is { Completions: null, Parallelism: null } ? 1 : spec.Completions,
                Parallelism = spec.Parallelism ?? 1,
                BackoffLimit = spec.BackoffLimit ?? (spec.BackoffLimitPerIndex is null ? 6 : int.MaxValue),
                CompletionMode = spec.CompletionMode ?? "NonIndexed",
                Suspend = spec.Suspend ?? false,
                ManualSelector = spec.ManualSelector ?? false,
                PodReplacementPolicy = spec.PodReplacementPolicy ?? (spec.PodFailurePolicy is null ? "TerminatingOrFailed" : "Failed"),
            },
        };
    }

    /// <summary>What holds for the template of a CronJob too.</summary>
    internal static JobSpec Apply(JobSpec spec)
    {
        var template = PodDefaults.Apply(spec.Template);
        var policy = spec.PodFailurePolicy;
        if (policy is not null)
        {
            var rules = policy.Rules.Each(static rule =>
            {
                var conditions = rule.OnPodConditions.Each(static c => c.Status.IsBlank() ? c with { Status = "True" } : c);
                return ReferenceEquals(conditions, rule.OnPodConditions) ? rule : rule with { OnPodConditions = conditions };
            });
            if (!ReferenceEquals(rules, policy.Rules)) policy = policy with { Rules = rules };
        }

        return ReferenceEquals(template, spec.Template) && ReferenceEquals(policy, spec.PodFailurePolicy)
            ? spec : spec with { Template = template, PodFailurePolicy = policy };
    }
}
