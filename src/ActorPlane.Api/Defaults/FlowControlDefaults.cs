using ActorPlane.Api.FlowControl.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/flowcontrol/v1/defaults.go.</summary>
public static class FlowControlDefaults
{
    /// <summary>In the middle of the order of schemas.</summary>
    public static FlowSchema Apply(FlowSchema value) =>
        (value.Spec.MatchingPrecedence ?? 0) != 0 ? value : value with { Spec = value.Spec with { MatchingPrecedence = 1000 } };

    /// <summary>Thirty shares, none lent; 64 queues.</summary>
    public static PriorityLevelConfiguration Apply(PriorityLevelConfiguration value)
    {
        var spec = value.Spec;
        if (spec.Exempt is { } exempt)
        {
            spec = spec with { Exempt = exempt with { NominalConcurrencyShares = exempt.NominalConcurrencyShares ?? 0, LendablePercent = exempt.LendablePercent ?? 0 } };
        }

        if (spec.Limited is { } limited)
        {
            var queuing = limited.LimitResponse.Queuing;
            if (queuing is not null)
            {
                queuing = queuing with
                {
                    Queues = (queuing.Queues ?? 0) == 0 ? 64 : queuing.Queues,
                    HandSize = (queuing.HandSize ?? 0) == 0 ? 8 : queuing.HandSize,
                    QueueLengthLimit = (queuing.QueueLengthLimit ?? 0) == 0 ? 50 : queuing.QueueLengthLimit,
                };
            }

            spec = spec with
            {
                Limited = limited with
                {
                    NominalConcurrencyShares = limited.NominalConcurrencyShares ?? 30,
                    LendablePercent = limited.LendablePercent ?? 0,
                    LimitResponse = limited.LimitResponse with { Queuing = queuing },
                },
            };
        }

        return ReferenceEquals(spec, value.Spec) ? value : value with { Spec = spec };
    }
}
