using ActorPlane.Api.FlowControl.V1;

namespace ActorPlane.Api;

/// <summary>Priority levels. Source: pkg/apis/flowcontrol/validation/validation.go ValidatePriorityLevelConfiguration.</summary>
internal static class FlowControlValidation
{
    private const string Exempt = "exempt";
    private const int MostQueues = 10_000_000;

    // Bits of the hash of a flow (staging/src/k8s.io/apiserver/pkg/util/shufflesharding/dealer.go, MaxHashBits).
    private const int HashBits = 60;
    private static readonly FieldPath Path = FieldPath.Of("spec");

    public static void Validate(List<FieldError> errors, PriorityLevelConfiguration value)
    {
        var spec = value.Spec;
        if (value.Metadata.Name == Exempt != (spec.Type == "Exempt"))
            errors.Add(FieldError.Invalid(Path.Child("type"), spec.Type, "type must be 'Exempt' if and only if name is 'exempt'"));
        switch (spec.Type)
        {
            case "Exempt":
                if (spec.Limited is not null) errors.Add(FieldError.Forbidden(Path.Child("limited"), "must be nil if the type is not Limited"));
                if (spec.Exempt is not { } exempt) break;
                if (exempt.NominalConcurrencyShares < 0)
                    errors.Add(FieldError.Invalid(Path.Child("exempt").Child("nominalConcurrencyShares"), exempt.NominalConcurrencyShares.Value, "must be a non-negative integer"));
                Percent(errors, Path.Child("exempt").Child("lendablePercent"), exempt.LendablePercent);
                break;
            case "Limited":
                if (spec.Exempt is not null) errors.Add(FieldError.Forbidden(Path.Child("exempt"), "must be nil if the type is Limited"));
                if (spec.Limited is null) errors.Add(FieldError.Required(Path.Child("limited"), "must not be empty when type is Limited"));
                else Limited(errors, Path.Child("limited"), spec.Limited);
                break;
            default:
                errors.Add(FieldError.NotSupported(Path.Child("type"), spec.Type, "Exempt", "Limited"));
                break;
        }

        var types = value.Status.Conditions;
        Conditions(errors, [.. types.Select(condition => condition.Type)]);
    }

    /// <summary>The types of the conditions of a status: each once, none empty.</summary>
    public static void Conditions(List<FieldError> errors, IReadOnlyList<string?> types)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < types.Count; i++)
        {
            var at = FieldPath.Of("status", "conditions").Index(i).Child("type");
            if (!seen.Add(types[i] ?? "")) errors.Add(FieldError.Duplicate(at, types[i]));
            if (types[i].IsBlank()) errors.Add(FieldError.Required(at, "must not be empty"));
        }
    }

    private static void Percent(List<FieldError> errors, FieldPath path, int? percent)
    {
        if (percent is < 0 or > 100) errors.Add(FieldError.Invalid(path, percent.Value, "must be between 0 and 100, inclusive"));
    }

    private static void Limited(List<FieldError> errors, FieldPath path, LimitedPriorityLevelConfiguration limited)
    {
        if (limited.NominalConcurrencyShares < 0)
            errors.Add(FieldError.Invalid(path.Child("nominalConcurrencyShares"), limited.NominalConcurrencyShares.Value, "must be a non-negative integer"));
        var (at, response) = (path.Child("limitResponse"), limited.LimitResponse);
        switch (response.Type)
        {
            case "Reject":
                if (response.Queuing is not null) errors.Add(FieldError.Forbidden(at.Child("queuing"), "must be nil if limited.limitResponse.type is not Limited"));
                break;
            case "Queue":
                if (response.Queuing is null) errors.Add(FieldError.Required(at.Child("queuing"), "must not be empty if limited.limitResponse.type is Limited"));
                else Queues(errors, at.Child("queuing"), response.Queuing);
                break;
            default:
                errors.Add(FieldError.NotSupported(at.Child("type"), response.Type, "Queue", "Reject"));
                break;
        }

        Percent(errors, path.Child("lendablePercent"), limited.LendablePercent);
        if (limited.BorrowingLimitPercent < 0)
            errors.Add(FieldError.Invalid(path.Child("borrowingLimitPercent"), limited.BorrowingLimitPercent.Value, "if specified, must be a non-negative integer"));
    }

    private static void Queues(List<FieldError> errors, FieldPath path, QueuingConfiguration queuing)
    {
        const string MustBePositive = "must be positive";
        var (queues, hand, length) = (queuing.Queues ?? 0, queuing.HandSize ?? 0, queuing.QueueLengthLimit ?? 0);
        if (length <= 0) errors.Add(FieldError.Invalid(path.Child("queueLengthLimit"), length, MustBePositive));
        if (queues <= 0) errors.Add(FieldError.Invalid(path.Child("queues"), queues, MustBePositive));
        else if (queues > MostQueues) errors.Add(FieldError.Invalid(path.Child("queues"), queues, $"must not be greater than {MostQueues}"));
        var at = path.Child("handSize");
        if (hand <= 0) errors.Add(FieldError.Invalid(at, hand, MustBePositive));
        else if (hand > queues) errors.Add(FieldError.Invalid(at, hand, $"should not be greater than queues ({queues})"));
        else if ((int)Math.Ceiling(Math.Log2(queues) * hand) > HashBits)
            errors.Add(FieldError.Invalid(at, hand, $"required entropy bits of deckSize {queues} and handSize {hand} should not be greater than {HashBits}"));
    }
}
