namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/autoscaling/validation/validation.go.</summary>
internal static class AutoscalerValidation
{
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
