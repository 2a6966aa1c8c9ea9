using ActorPlane.Api.Apps.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/apps/v1/defaults.go SetDefaults_StatefulSet.</summary>
public static class StatefulSetDefaults
{
    /// <summary>One replica, in order, rolling update of all, claims kept, ten old revisions.</summary>
    public static StatefulSet Apply(StatefulSet value)
    {
        var spec = value.Spec;
        var strategy = spec.UpdateStrategy;
        if (strategy.Type.IsBlank()) strategy = strategy with { Type = "RollingUpdate" };
        if (strategy is { Type: "RollingUpdate", RollingUpdate: not { Partition: not null } })
        {
            strategy = strategy with { RollingUpdate = (strategy.RollingUpdate ?? RollingUpdateStatefulSetStrategy.Empty) with { Partition = 0 } };
        }

        var retention = spec.PersistentVolumeClaimRetentionPolicy ?? StatefulSetPersistentVolumeClaimRetentionPolicy.Empty;
        return value with
        {
            Spec = spec with
            {
                PodManagementPolicy = spec.PodManagementPolicy.IsBlank() ? "OrderedReady" : spec.PodManagementPolicy,
                UpdateStrategy = strategy,
                PersistentVolumeClaimRetentionPolicy = retention with
                {
                    WhenDeleted = retention.WhenDeleted.IsBlank() ? "Retain" : retention.WhenDeleted,
                    WhenScaled = retention.WhenScaled.IsBlank() ? "Retain" : retention.WhenScaled,
                },
                Replicas = spec.Replicas ?? 1,
                RevisionHistoryLimit = spec.RevisionHistoryLimit ?? 10,
                Template = PodDefaults.Apply(spec.Template),
                VolumeClaimTemplates = spec.VolumeClaimTemplates.Each(VolumeDefaults.Apply),
            },
        };
    }
}
