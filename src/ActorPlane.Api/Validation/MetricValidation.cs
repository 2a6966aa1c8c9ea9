using ActorPlane.Api.Autoscaling.V2;

namespace ActorPlane.Api;

/// <summary>One metric of an autoscaler. Source: pkg/apis/autoscaling/validation/validation.go validateMetricSpec.</summary>
internal static class MetricValidation
{
    private static readonly string[] Types = ["ContainerResource", "External", "Object", "Pods", "Resource"];

    public static void Validate(List<FieldError> errors, FieldPath path, MetricSpec metric)
    {
        if (metric.Type.IsBlank()) errors.Add(FieldError.Required(path.Child("type"), "must specify a metric source type"));
        Checks.OneOf(errors, path.Child("type"), metric.Type, Types);
        var given = Given(metric);
        if (given.Length > 0) Source(errors, path.Child(given[0]), metric, given[0]);
        var wanted = metric.Type is { Length: > 0 } type && Types.Contains(type) ? char.ToLowerInvariant(type[0]) + type[1..] : null;
        if (wanted is null) errors.Add(FieldError.NotSupported(path.Child("type"), metric.Type, Types));
        else if (!given.Contains(wanted)) errors.Add(FieldError.Required(path.Child(wanted), "must populate information for the given metric source"));
        if (given.Length == 1) return;
        foreach (var other in given.Where(source => source != wanted).Order(StringComparer.Ordinal))
            errors.Add(FieldError.Forbidden(path.Child(other), "must populate the given metric source only"));
    }

    // In the order in which the real server looks: only the first is checked.
    private static string[] Given(MetricSpec metric) =>
    [
        .. new (string Name, bool IsGiven)[]
        {
            ("object", metric.Object is not null), ("external", metric.External is not null), ("pods", metric.Pods is not null),
            ("resource", metric.Resource is not null), ("containerResource", metric.ContainerResource is not null),
        }.Where(source => source.IsGiven).Select(source => source.Name),
    ];

    private static void Source(List<FieldError> errors, FieldPath path, MetricSpec metric, string source)
    {
        switch (source)
        {
            case "object":
                AutoscalerValidation.Reference(errors, path.Child("describedObject"), metric.Object!.DescribedObject.Kind, metric.Object.DescribedObject.Name);
                Identifier(errors, path.Child("metric"), metric.Object.Metric);
                Amount(errors, path.Child("target"), metric.Object.Target, "must set either a target value or averageValue");
                break;
            case "external":
                Identifier(errors, path.Child("metric"), metric.External!.Metric);
                Amount(errors, path.Child("target"), metric.External.Target, "must set either a target value for metric or a per-pod target");
                if (metric.External.Target is { Value: not null, AverageValue: not null })
                    errors.Add(FieldError.Forbidden(path.Child("target").Child("value"), "may not set both a target value for metric and a per-pod target"));
                break;
            case "pods":
                Identifier(errors, path.Child("metric"), metric.Pods!.Metric);
                Target(errors, path.Child("target"), metric.Pods.Target);
                if (metric.Pods.Target.AverageValue is null) errors.Add(FieldError.Required(path.Child("target").Child("averageValue"), "must specify a positive target averageValue"));
                break;
            case "resource":
                if (metric.Resource!.Name.IsBlank()) errors.Add(FieldError.Required(path.Child("name"), "must specify a resource name"));
                Usage(errors, path.Child("target"), metric.Resource.Target);
                break;
            default:
                Container(errors, path, metric.ContainerResource!);
                break;
        }
    }

    private static void Container(List<FieldError> errors, FieldPath path, ContainerResourceMetricSource source)
    {
        if (source.Name.IsBlank()) errors.Add(FieldError.Required(path.Child("name"), "must specify a resource name"));
        else ResourceValidation.ContainerName(errors, path.Child("name"), source.Name!);
        if (source.Container.IsBlank()) errors.Add(FieldError.Required(path.Child("container"), "must specify a container"));
        else Checks.All(errors, path.Child("container"), source.Container, NameRules.DnsLabel(source.Container!));
        Usage(errors, path.Child("target"), source.Target);
    }

    private static void Amount(List<FieldError> errors, FieldPath path, MetricTarget target, string missing)
    {
        Target(errors, path, target);
        if (target is { Value: null, AverageValue: null }) errors.Add(FieldError.Required(path.Child("averageValue"), missing));
    }

    private static void Usage(List<FieldError> errors, FieldPath path, MetricTarget target)
    {
        Target(errors, path, target);
        if (target is { AverageUtilization: null, AverageValue: null })
            errors.Add(FieldError.Required(path.Child("averageUtilization"), "must set either a target raw value or a target utilization"));
        if (target is { AverageUtilization: not null, AverageValue: not null })
            errors.Add(FieldError.Forbidden(path.Child("averageValue"), "may not set both a target raw value and a target utilization"));
    }

    private static void Target(List<FieldError> errors, FieldPath path, MetricTarget target)
    {
        if (target.Type.IsBlank()) errors.Add(FieldError.Required(path.Child("type"), "must specify a metric target type"));
        if (target.Type is not ("Utilization" or "Value" or "AverageValue")) errors.Add(FieldError.Invalid(path.Child("type"), target.Type, "must be either Utilization, Value, or AverageValue"));
        if (target.Value is { Sign: <= 0 } value) errors.Add(FieldError.InvalidGo(path.Child("value"), GoText.Quantity(value), "must be positive"));
        if (target.AverageValue is { Sign: <= 0 } average) errors.Add(FieldError.InvalidGo(path.Child("averageValue"), GoText.Quantity(average), "must be positive"));
        if (target.AverageUtilization is < 1 and var share) errors.Add(FieldError.Invalid(path.Child("averageUtilization"), share, Checks.Positive));
    }

    private static void Identifier(List<FieldError> errors, FieldPath path, MetricIdentifier metric)
    {
        if (metric.Name.IsBlank()) errors.Add(FieldError.Required(path.Child("name"), "must specify a metric name"));
        else Checks.All(errors, path.Child("name"), metric.Name, NameRules.PathSegment(metric.Name!));
    }
}
