using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/core/validation/validation.go validateTopologySpreadConstraints.</summary>
internal static class SpreadValidation
{
    public static void Validate(List<FieldError> errors, FieldPath path, ValueList<TopologySpreadConstraint> constraints)
    {
        for (var i = 0; i < constraints.Count; i++)
        {
            var (at, constraint) = (path.Index(i), constraints[i]);
            if ((constraint.MaxSkew ?? 0) <= 0) errors.Add(FieldError.Invalid(at.Child("maxSkew"), constraint.MaxSkew ?? 0, Checks.AboveZero));
            if (constraint.TopologyKey.IsBlank()) errors.Add(FieldError.Required(at.Child("topologyKey"), "can not be empty"));
            Checks.OneOf(errors, at.Child("whenUnsatisfiable"), constraint.WhenUnsatisfiable, "DoNotSchedule", "ScheduleAnyway");
            if (constraints.Skip(i + 1).Any(other => other.TopologyKey == constraint.TopologyKey && other.WhenUnsatisfiable == constraint.WhenUnsatisfiable))
                errors.Add(FieldError.Duplicate(at.Child("{topologyKey, whenUnsatisfiable}"), $"{{{constraint.TopologyKey}, {constraint.WhenUnsatisfiable}}}"));
            if (constraint.MinDomains is { } domains)
            {
                if (domains <= 0) errors.Add(FieldError.Invalid(at.Child("minDomains"), domains, Checks.AboveZero));
                if (constraint.WhenUnsatisfiable != "DoNotSchedule")
                    errors.Add(FieldError.Invalid(at.Child("minDomains"), domains, $"can only use minDomains if whenUnsatisfiable=DoNotSchedule, not {constraint.WhenUnsatisfiable}"));
            }

            if (constraint.NodeAffinityPolicy is { } affinity) Checks.OneOf(errors, at.Child("nodeAffinityPolicy"), affinity, "Honor", "Ignore");
            if (constraint.NodeTaintsPolicy is { } taints) Checks.OneOf(errors, at.Child("nodeTaintsPolicy"), taints, "Honor", "Ignore");
            Keys(errors, at.Child("matchLabelKeys"), constraint.MatchLabelKeys, constraint.LabelSelector);
            Checks.Selector(errors, at.Child("labelSelector"), constraint.LabelSelector);
        }
    }

    private static void Keys(List<FieldError> errors, FieldPath path, ValueList<string> keys, LabelSelector? selector)
    {
        if (keys.IsEmpty) return;
        if (selector is null) errors.Add(FieldError.Forbidden(path, "must not be specified when labelSelector is not set"));
        for (var i = 0; i < keys.Count; i++)
        {
            Checks.All(errors, path.Index(i), keys[i], NameRules.QualifiedName(keys[i]));
            if (selector is not null && (selector.MatchLabels.ContainsKey(keys[i]) || selector.MatchExpressions.Any(expression => expression.Key == keys[i])))
                errors.Add(FieldError.Invalid(path.Index(i), keys[i], "exists in both matchLabelKeys and labelSelector"));
        }
    }
}
