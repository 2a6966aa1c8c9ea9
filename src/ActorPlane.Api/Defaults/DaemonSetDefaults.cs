using ActorPlane.Api.Apps.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/apps/v1/defaults.go SetDefaults_DaemonSet.</summary>
public static class DaemonSetDefaults
{
    /// <summary>Rolling update, one node at a time, ten old revisions.</summary>
    public static DaemonSet Apply(DaemonSet value)
    {
        var spec = value.Spec;
        var strategy = spec.UpdateStrategy;
        if (strategy.Type.IsBlank()) strategy = strategy with { Type = "RollingUpdate" };
        if (strategy.Type == "RollingUpdate" && strategy.RollingUpdate is not { MaxUnavailable: not null, MaxSurge: not null })
        {
            var rolling = strategy.RollingUpdate ?? RollingUpdateDaemonSet.Empty;
            strategy = strategy with { RollingUpdate = rolling with { MaxUnavailable = rolling.MaxUnavailable ?? 1, MaxSurge = rolling.MaxSurge ?? 0 } };
        }

        return value with
        {
            Spec = spec with
            {
                UpdateStrategy = strategy,
                RevisionHistoryLimit = spec.RevisionHistoryLimit ?? 10,
                Template = PodDefaults.Apply(spec.Template),
            },
        };
    }
}
