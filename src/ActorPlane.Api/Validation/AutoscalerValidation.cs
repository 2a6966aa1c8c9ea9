using ActorPlane.Api.Autoscaling.V2;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/autoscaling/validation/validation.go.</summary>
internal static class AutoscalerValidation
{
    private const int LongestPeriodSeconds = 1800;
    private const int LongestWindowSeconds = 3600;
    private static readonly FieldPath Path = FieldPath.Of("spec");

    public static void Validate(List<FieldError> errors, Autoscaling.V1.HorizontalPodAutoscaler value) =>
        Bounds(errors, value.Spec.MinReplicas, value.Spec.MaxReplicas, value.Spec.ScaleTargetRef.Kind, value.Spec.ScaleTargetRef.Name);

    public static void Validate(List<FieldError> errors, HorizontalPodAutoscaler value)
    {
        var spec = value.Spec;
        Bounds(errors, spec.MinReplicas, spec.MaxReplicas, spec.ScaleTargetRef.Kind, spec.ScaleTargetRef.Name);
        for (var i = 0; i < spec.Metrics.Count; i++) MetricValidation.Validate(errors, Path.Child("metrics").Index(i), spec.Metrics[i]);
        if (spec.MinReplicas == 0 && !spec.Metrics.Any(metric => metric.Type is "Object" or "External"))
            errors.Add(FieldError.Forbidden(Path.Child("metrics"), "must specify at least one Object or External metric to support scaling to zero replicas"));
        Rules(errors, Path.Child("behavior").Child("scaleUp"), spec.Behavior?.ScaleUp);
        Rules(errors, Path.Child("behavior").Child("scaleDown"), spec.Behavior?.ScaleDown);
    }

    public static void ValidateStatus(List<FieldError> errors, HorizontalPodAutoscaler value)
    {
        Checks.AtLeastZero(errors, FieldPath.Of("status", "currentReplicas"), value.Status.CurrentReplicas);
        Checks.AtLeastZero(errors, FieldPath.Of("status", "desiredReplicas"), value.Status.DesiredReplicas);
    }

    /// <summary>What is scaled, or measured.</summary>
    public static void Reference(List<FieldError> errors, FieldPath path, string? kind, string? name, string noKind = "", string noName = "")
    {
        if (kind.IsBlank()) errors.Add(FieldError.Required(path.Child("kind"), noKind));
        else Checks.All(errors, path.Child("kind"), kind, NameRules.PathSegment(kind!));
        if (name.IsBlank()) errors.Add(FieldError.Required(path.Child("name"), noName));
        else Checks.All(errors, path.Child("name"), name, NameRules.PathSegment(name!));
    }

    private static void Bounds(List<FieldError> errors, int? min, int? max, string? kind, string? name)
    {
        if (min < 1) errors.Add(FieldError.Invalid(Path.Child("minReplicas"), min.Value, "must be greater than or equal to 1"));
        if ((max ?? 0) < 1) errors.Add(FieldError.Invalid(Path.Child("maxReplicas"), max ?? 0, Checks.Positive));
        if ((max ?? 0) < min) errors.Add(FieldError.Invalid(Path.Child("maxReplicas"), max ?? 0, "must be greater than or equal to `minReplicas`"));
        Reference(errors, Path.Child("scaleTargetRef"), kind, name);
    }

    private static void Rules(List<FieldError> errors, FieldPath path, HPAScalingRules? rules)
    {
        if (rules is null) return;
        var at = path.Child("stabilizationWindowSeconds");
        if (rules.StabilizationWindowSeconds is < 0 and var negative) errors.Add(FieldError.Invalid(at, negative, "must be greater than or equal to zero"));
        if (rules.StabilizationWindowSeconds is > LongestWindowSeconds and var window) errors.Add(FieldError.Invalid(at, window, $"must be less than or equal to {LongestWindowSeconds}"));
        if (rules.SelectPolicy is { } select) Checks.OneOf(errors, path.Child("selectPolicy"), select, "Disabled", "Max", "Min");
        at = path.Child("policies");
        if (rules.Policies.IsEmpty) errors.Add(FieldError.Required(at, "must specify at least one Policy"));
        for (var i = 0; i < rules.Policies.Count; i++)
        {
            var policy = rules.Policies[i];
            var (value, period) = (policy.Value ?? 0, policy.PeriodSeconds ?? 0);
            Checks.OneOf(errors, at.Index(i).Child("type"), policy.Type, "Percent", "Pods");
            if (value <= 0) errors.Add(FieldError.Invalid(at.Index(i).Child("value"), value, Checks.AboveZero));
            if (period <= 0) errors.Add(FieldError.Invalid(at.Index(i).Child("periodSeconds"), period, Checks.AboveZero));
            if (period > LongestPeriodSeconds) errors.Add(FieldError.Invalid(at.Index(i).Child("periodSeconds"), period, $"must be less than or equal to {LongestPeriodSeconds}"));
        }
    }
}
