using ActorPlane.Api.Apps.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/apps/validation/validation.go ValidateDaemonSet.</summary>
internal static class DaemonSetValidation
{
    private static readonly FieldPath Path = FieldPath.Of("spec");

    public static void Validate(List<FieldError> errors, DaemonSet value)
    {
        var spec = value.Spec;
        Checks.Workload(errors, Path, spec.Selector, spec.Template, "Always");
        Checks.NoDeadline(errors, Path, spec.Template, "DaemonSet");
        Checks.AtLeastZero(errors, Path.Child("minReadySeconds"), spec.MinReadySeconds);
        Checks.AtLeastZero(errors, Path.Child("revisionHistoryLimit"), spec.RevisionHistoryLimit);
        var at = Path.Child("updateStrategy");
        switch (spec.UpdateStrategy.Type)
        {
            case "OnDelete":
                break;
            case "RollingUpdate":
                if (spec.UpdateStrategy.RollingUpdate is not { MaxUnavailable: { } unavailable, MaxSurge: { } surge })
                {
                    errors.Add(FieldError.Required(at.Child("rollingUpdate")));
                    break;
                }

                Checks.CountOrPercent(errors, at.Child("rollingUpdate").Child("maxUnavailable"), unavailable);
                Checks.CountOrPercent(errors, at.Child("rollingUpdate").Child("maxSurge"), surge);
                var missing = Checks.Percent(unavailable) > 0;
                var more = Checks.Percent(surge) > 0;
                if (missing && more) errors.Add(FieldError.InvalidGo(at.Child("rollingUpdate").Child("maxSurge"), surge.ToString(), "may not be set when maxUnavailable is non-zero"));
                if (!missing && !more) errors.Add(FieldError.Required(at.Child("rollingUpdate").Child("maxUnavailable"), "cannot be 0 when maxSurge is 0"));
                break;
            default:
                errors.Add(FieldError.NotSupported(at.Child("type"), spec.UpdateStrategy.Type, "RollingUpdate", "OnDelete"));
                break;
        }
    }

    public static void ValidateUpdate(List<FieldError> errors, DaemonSet value, DaemonSet old)
    {
        if (value.Spec.Selector != old.Spec.Selector)
        {
            errors.Add(FieldError.InvalidGo(Path.Child("selector"), GoText.Selector(value.Spec.Selector), Checks.Immutable));
        }
    }
}
