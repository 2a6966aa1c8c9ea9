using ActorPlane.Api.Policy.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/policy/validation/validation.go.</summary>
internal static class DisruptionBudgetValidation
{
    public static void Validate(List<FieldError> errors, PodDisruptionBudget value)
    {
        var path = FieldPath.Of("spec");
        var spec = value.Spec;
        if (spec is { MinAvailable: not null, MaxUnavailable: not null }) errors.Add(FieldError.InvalidGo(path, spec.ToString(), "minAvailable and maxUnavailable cannot be both set"));
        if (spec.MinAvailable is { } min)
        {
            Checks.CountOrPercent(errors, path.Child("minAvailable"), min);
            Checks.NotOver100Percent(errors, path.Child("minAvailable"), min);
        }

        if (spec.MaxUnavailable is { } max)
        {
            Checks.CountOrPercent(errors, path.Child("maxUnavailable"), max);
            Checks.NotOver100Percent(errors, path.Child("maxUnavailable"), max);
        }

        Checks.Selector(errors, path.Child("selector"), spec.Selector);
        if (spec.UnhealthyPodEvictionPolicy is { } policy) Checks.OneOf(errors, path.Child("unhealthyPodEvictionPolicy"), policy, "AlwaysAllow", "IfHealthyBudget");
    }
}
