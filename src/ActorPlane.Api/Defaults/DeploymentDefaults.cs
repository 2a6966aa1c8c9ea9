using ActorPlane.Api.Apps.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/apps/v1/defaults.go SetDefaults_Deployment.</summary>
public static class DeploymentDefaults
{
    /// <summary>The share of replicas that may be missing or too many during a rollout.</summary>
    private const string QuarterOfReplicas = "25%";

    /// <summary>One replica, rolling update by a quarter, ten old revisions, ten minutes to make progress.</summary>
    public static Deployment Apply(Deployment value)
    {
        var spec = value.Spec;
        var strategy = spec.Strategy;
        if (strategy.Type.IsBlank()) strategy = strategy with { Type = "RollingUpdate" };
        if (strategy.Type == "RollingUpdate" && strategy.RollingUpdate is not { MaxUnavailable: not null, MaxSurge: not null })
        {
            var rolling = strategy.RollingUpdate ?? RollingUpdateDeployment.Empty;
            strategy = strategy with
            {
                RollingUpdate = rolling with { MaxUnavailable = rolling.MaxUnavailable ?? QuarterOfReplicas, MaxSurge = rolling.MaxSurge ?? QuarterOfReplicas },
            };
        }

        var template = PodDefaults.Apply(spec.Template);
        if (spec is { Replicas: not null, RevisionHistoryLimit: not null, ProgressDeadlineSeconds: not null }
            && ReferenceEquals(strategy, spec.Strategy) && ReferenceEquals(template, spec.Template))
        {
            return value;
        }

        return value with
        {
            Spec = spec with
            {
                Replicas = spec.Replicas ?? 1,
                Strategy = strategy,
                RevisionHistoryLimit = spec.RevisionHistoryLimit ?? 10,
                ProgressDeadlineSeconds = spec.ProgressDeadlineSeconds ?? 600,
                Template = template,
            },
        };
    }
}
