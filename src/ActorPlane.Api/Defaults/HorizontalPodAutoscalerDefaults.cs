using ActorPlane.Api.Autoscaling.V2;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/autoscaling/v1/defaults.go and v2/defaults.go.</summary>
public static class HorizontalPodAutoscalerDefaults
{
    private const int CpuUtilizationPercent = 80;

    /// <summary>At least one replica.</summary>
    public static Autoscaling.V1.HorizontalPodAutoscaler Apply(Autoscaling.V1.HorizontalPodAutoscaler value) =>
        value.Spec.MinReplicas is not null ? value : value with { Spec = value.Spec with { MinReplicas = 1 } };

    /// <summary>At least one replica; 80 % of the requested CPU; the rules of a behaviour that is given in part are completed.</summary>
    public static HorizontalPodAutoscaler Apply(HorizontalPodAutoscaler value)
    {
        var spec = value.Spec;
        var behavior = spec.Behavior;
        if (behavior is not null)
        {
            behavior = behavior with
            {
                ScaleUp = Complete(behavior.ScaleUp, 0, [Policy("Pods", 4), Policy("Percent", 100)]),
                ScaleDown = Complete(behavior.ScaleDown, null, [Policy("Percent", 100)]),
            };
        }

        return value with
        {
            Spec = spec with
            {
                MinReplicas = spec.MinReplicas ?? 1,
                Metrics = spec.Metrics.IsEmpty
                    ? [new MetricSpec { Type = "Resource", Resource = new ResourceMetricSource { Name = "cpu", Target = new MetricTarget { Type = "Utilization", AverageUtilization = CpuUtilizationPercent } } }]
                    : spec.Metrics,
                Behavior = behavior,
            },
        };
    }

    private static HPAScalingRules Complete(HPAScalingRules? rules, int? stabilizationSeconds, ValueList<HPAScalingPolicy> policies)
    {
        rules ??= HPAScalingRules.Empty;
        return rules with
        {
            StabilizationWindowSeconds = rules.StabilizationWindowSeconds ?? stabilizationSeconds,
            SelectPolicy = rules.SelectPolicy ?? "Max",
            Policies = rules.Policies.IsEmpty ? policies : rules.Policies,
        };
    }

    private static HPAScalingPolicy Policy(string type, int value) => new() { Type = type, Value = value, PeriodSeconds = 15 };
}
