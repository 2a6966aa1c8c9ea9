using ActorPlane.Api.Batch.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/batch/v1/defaults.go SetDefaults_CronJob.</summary>
public static class CronJobDefaults
{
    /// <summary>Runs may overlap; three successful and one failed are kept.</summary>
    public static CronJob Apply(CronJob value)
    {
        var spec = value.Spec;
        return value with
        {
            Spec = spec with
            {
                ConcurrencyPolicy = spec.ConcurrencyPolicy.IsBlank() ? "Allow" : spec.ConcurrencyPolicy,
                Suspend = spec.Suspend ?? false,
                SuccessfulJobsHistoryLimit = spec.SuccessfulJobsHistoryLimit ?? 3,
                FailedJobsHistoryLimit = spec.FailedJobsHistoryLimit ?? 1,
                JobTemplate = spec.JobTemplate with { Spec = JobDefaults.Apply(spec.JobTemplate.Spec) },
            },
        };
    }
}
