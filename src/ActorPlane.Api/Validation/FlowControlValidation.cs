using ActorPlane.Api.FlowControl.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/flowcontrol/validation/validation.go.</summary>
internal static class FlowControlValidation
{
    private const int LastPrecedence = 10000;
    private static readonly FieldPath Path = FieldPath.Of("spec");

    public static void Validate(List<FieldError> errors, FlowSchema value)
    {
        var spec = value.Spec;
        if ((spec.MatchingPrecedence ?? 0) <= 0) errors.Add(FieldError.Invalid(Path.Child("matchingPrecedence"), spec.MatchingPrecedence ?? 0, "must be a positive value"));
        if (spec.MatchingPrecedence > LastPrecedence) errors.Add(FieldError.Invalid(Path.Child("matchingPrecedence"), spec.MatchingPrecedence.Value, $"must not be greater than {LastPrecedence}"));
        if (spec.MatchingPrecedence == 1 && value.Metadata.Name != "exempt")
            errors.Add(FieldError.Invalid(Path.Child("matchingPrecedence"), 1, "only the schema named 'exempt' may have matchingPrecedence 1"));
        if (spec.DistinguisherMethod is { } method)
            Checks.OneOf(errors, Path.Child("distinguisherMethod").Child("type"), method.Type, "ByNamespace", "ByUser");
        var level = spec.PriorityLevelConfiguration.Name;
        if (level.IsBlank()) errors.Add(FieldError.Required(Path.Child("priorityLevelConfiguration").Child("name"), "must reference a priority level"));
        else Checks.All(errors, Path.Child("priorityLevelConfiguration").Child("name"), level, NameRules.DnsSubdomain(level!));
        for (var i = 0; i < spec.Rules.Count; i++)
        {
            var (at, rule) = (Path.Child("rules").Index(i), spec.Rules[i]);
            if (rule.Subjects.IsEmpty) errors.Add(FieldError.Required(at.Child("subjects"), "subjects must contain at least one value"));
            for (var s = 0; s < rule.Subjects.Count; s++) Checks.OneOf(errors, at.Child("subjects").Index(s).Child("kind"), rule.Subjects[s].Kind, "Group", "ServiceAccount", "User");
            if (rule.ResourceRules.IsEmpty && rule.NonResourceRules.IsEmpty) errors.Add(FieldError.Required(at, "at least one of resourceRules and nonResourceRules has to be non-empty"));
        }
    }

    public static void Validate(List<FieldError> errors, PriorityLevelConfiguration value)
    {
        var spec = value.Spec;
        switch (spec.Type)
        {
            case "Exempt":
                if (spec.Limited is not null) errors.Add(FieldError.Forbidden(Path.Child("limited"), "must be nil if the type is not Limited"));
                break;
            case "Limited":
                if (spec.Exempt is not null) errors.Add(FieldError.Forbidden(Path.Child("exempt"), "must be nil if the type is Limited"));
                if (spec.Limited is not { } limited)
                {
                    errors.Add(FieldError.Required(Path.Child("limited"), "must not be empty when type is Limited"));
                    break;
                }

                Checks.AtLeastZero(errors, Path.Child("limited").Child("nominalConcurrencyShares"), limited.NominalConcurrencyShares);
                if (limited.LendablePercent is < 0 or > 100)
                    errors.Add(FieldError.Invalid(Path.Child("limited").Child("lendablePercent"), limited.LendablePercent.Value, "must be between 0 and 100, inclusive"));
                Checks.OneOf(errors, Path.Child("limited").Child("limitResponse").Child("type"), limited.LimitResponse.Type, "Queue", "Reject");
                break;
            default:
                errors.Add(FieldError.NotSupported(Path.Child("type"), spec.Type, "Exempt", "Limited"));
                break;
        }
    }
}
