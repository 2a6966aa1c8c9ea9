using ActorPlane.Api;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.ApiServer;

/// <summary>The quality-of-service class of a pod (<c>pkg/apis/core/v1/helper/qos/qos.go</c>): what it reserves against what it may use, of cpu and memory.</summary>
public static class PodQos
{
    private static readonly string[] Counted = ["cpu", "memory"];

    /// <summary><c>Guaranteed</c>, <c>Burstable</c> or <c>BestEffort</c>, from a spec with defaults applied.</summary>
    public static string Of(PodSpec spec)
    {
        var any = false;
        var guaranteed = true;
        foreach (var containers in (ReadOnlySpan<ValueList<Container>>)[spec.Containers, spec.InitContainers])
        {
            foreach (var container in containers)
            {
                foreach (var resource in Counted)
                {
                    var request = Amount(container.Resources?.Requests, resource);
                    var limit = Amount(container.Resources?.Limits, resource);
                    any |= request is not null || limit is not null;
                    guaranteed &= limit is not null && (request is null || request.Value.CompareTo(limit.Value) == 0);
                }
            }
        }

        return !any ? "BestEffort" : guaranteed ? "Guaranteed" : "Burstable";
    }

    private static Quantity? Amount(ValueMap<Quantity>? amounts, string resource) =>
        amounts is not null && amounts.TryGetValue(resource, out var amount) && amount.Sign > 0 ? amount : null;
}
