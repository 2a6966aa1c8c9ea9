namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/autoscaling/validation/validation.go.</summary>
internal static class AutoscalerValidation
{
    private const int LongestWindowSeconds = 3600;
    private const int LongestPeriodSeconds = 1800;
    private static readonly FieldPath Path = FieldPath.Of("spec");

    public static void Validate(List<FieldError> errors, Autoscaling.V1.HorizontalPodAutoscaler value) =>
        Bounds(errors, value.Spec.MinReplicas, value.Spec.MaxReplicas, value.Spec.ScaleTargetRef.Kind, value.Spec.ScaleTargetRef.Name);

    public static void Validate(List<FieldError> errors, Autoscaling.V2.HorizontalPodAutoscaler value)
    {
        Bounds(errors, value.Spec.MinReplicas, value.Spec.MaxReplicas, value.Spec.ScaleTargetRef.Kind, value.Spec.ScaleTargetRef.Name);
        for (var i = 0; i < value.Spec.Metrics.Count; i++)
        {
            var metric = value.Spec.Metrics[i];
            var at = Path.Child("metrics").Index(i);
            if (metric.Type.IsBlank()) errors.Add(FieldError.Required(at.Child("type"), "must specify a metric source type"));
            else Checks.OneOf(errors, at.Child("type"), metric.Type, "ContainerResource", "External", "Object", "Pods", "Resource");
            if (metric.Resource is { } resource)
            {
                if (resource.Name.IsBlank()) errors.Add(FieldError.Required(at.Child("resource").Child("name"), "must specify a resource name"));
                Target(errors, at.Child("resource").Child("target"), resource.Target);
                if (resource.Target is { AverageUtilization: null, AverageValue: null })
                    errors.Add(FieldError.Required(at.Child("resource").Child("target").Child("averageUtilization"), "must set either a target raw value or a target utilization"));
            }

            if (metric.ContainerResource is { } container) Target(errors, at.Child("containerResource").Child("target"), container.Target);
            if (metric.Pods is { } pods) Target(errors, at.Child("pods").Child("target"), pods.Target);
            if (metric.Object is { } about) Target(errors, at.Child("object").Child("target"), about.Target);
            if (metric.External is { } external) Target(errors, at.Child("external").Child("target"), external.Target);
        }

        Rules(errors, Path.Child("behavior").Child("scaleUp"), value.Spec.Behavior?.ScaleUp);
        Rules(errors, Path.Child("behavior").Child("scaleDown"), value.Spec.Behavior?.ScaleDown);
    }

    private static void Target(List<FieldError> errors, FieldPath path, Autoscaling.V2.MetricTarget target)
    {
        if (target.Type.IsBlank()) errors.Add(FieldError.Required(path.Child("type"), "must specify a metric target type"));
        else if (target.Type is not ("Utilization" or "Value" or "AverageValue")) errors.Add(FieldError.Invalid(path.Child("type"), target.Type, "must be either Utilization, Value, or AverageValue"));
        if (target.Value is { Sign: <= 0 } value) errors.Add(FieldError.Invalid(path.Child("value"), value.ToString(), "must be positive"));
        if (target.AverageValue is { Sign: <= 0 } average) errors.Add(FieldError.Invalid(path.Child("averageValue"), average.ToString(), "must be positive"));
        if (target.AverageUtilization < 1) errors.Add(FieldError.Invalid(path.Child("averageUtilization"), target.AverageUtilization.Value, Checks.Positive));
    }

    private static void Rules(List<FieldError> errors, FieldPath path, Autoscaling.V2.HPAScalingRules? rules)
    {
        if (rules is null) return;
        if (rules.StabilizationWindowSeconds < 0)
            errors.Add(FieldError.Invalid(path.Child("stabilizationWindowSeconds"), rules.StabilizationWindowSeconds.Value, "must be greater than or equal to zero"));
        if (rules.StabilizationWindowSeconds > LongestWindowSeconds)
            errors.Add(FieldError.Invalid(path.Child("stabilizationWindowSeconds"), rules.StabilizationWindowSeconds.Value, $"must be less than or equal to {LongestWindowSeconds}"));
        if (rules.SelectPolicy is { } select) Checks.OneOf(errors, path.Child("selectPolicy"), select, "Disabled", "Max", "Min");
        for (var i = 0; i < rules.Policies.Count; i++)
        {
            var (at, policy) = (path.Child("policies").Index(i), rules.Policies[i]);
            Checks.OneOf(errors, at.Child("type"), policy.Type, "Percent", "Pods");
            if ((policy.Value ?? 0) <= 0) errors.Add(FieldError.Invalid(at.Child("value"), policy.Value ?? 0, Checks.PositiveAmount));
            if ((policy.PeriodSeconds ?? 0) <= 0) errors.Add(FieldError.Invalid(at.Child("periodSeconds"), policy.PeriodSeconds ?? 0, Checks.PositiveAmount));
            if (policy.PeriodSeconds > LongestPeriodSeconds) errors.Add(FieldError.Invalid(at.Child("periodSeconds"), policy.PeriodSeconds.Value, $"must be less than or equal to {LongestPeriodSeconds}"));
        }
    }

    private static void Bounds(List<FieldError> errors, int? min, int? max, string? kind, string? name)
    {
        if (min < 1) errors.Add(FieldError.Invalid(Path.Child("minReplicas"), min.Value, "must be greater than or equal to 1"));
        if ((max ?? 0) < 1) errors.Add(FieldError.Invalid(Path.Child("maxReplicas"), max ?? 0, Checks.Positive));
        if (max < min) errors.Add(FieldError.Invalid(Path.Child("maxReplicas"), max.Value, "must be greater than or equal to `minReplicas`"));
        if (kind.IsBlank()) errors.Add(FieldError.Required(Path.Child("scaleTargetRef").Child("kind")));
        if (name.IsBlank()) errors.Add(FieldError.Required(Path.Child("scaleTargetRef").Child("name")));
    }
}
