using ActorPlane.Api;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.ApiServer;

/// <summary>
/// What a whole pod asks for: the sum of its containers, or what the most demanding init container needs, if that is more;
/// and the overhead. Init containers that go on running count with the containers. (<c>G/component-helpers/resource/helpers.go</c>.)
/// </summary>
public static class PodResources
{
    /// <summary>All requests, by resource.</summary>
    public static ValueMap<Quantity> Requests(PodSpec spec) => Total(spec, static container => container.Resources.Requests);

    /// <summary>All limits, by resource.</summary>
    public static ValueMap<Quantity> Limits(PodSpec spec) => Total(spec, static container => container.Resources.Limits);

    private static ValueMap<Quantity> Total(PodSpec spec, Func<Container, ValueMap<Quantity>> of)
    {
        var (sum, sidecars, most) = (new SortedDictionary<string, Quantity>(StringComparer.Ordinal), new SortedDictionary<string, Quantity>(StringComparer.Ordinal), new SortedDictionary<string, Quantity>(StringComparer.Ordinal));
        foreach (var container in spec.Containers) Add(sum, of(container));
        foreach (var container in spec.InitContainers)
        {
            if (container.RestartPolicy == "Always")
            {
                Add(sum, of(container));
                Add(sidecars, of(container));
                continue;
            }

            foreach (var (name, quantity) in of(container))
            {
                var whole = sidecars.TryGetValue(name, out var running) ? quantity + running : quantity;
                if (!most.TryGetValue(name, out var known) || known < whole) most[name] = whole;
            }
        }

        foreach (var (name, quantity) in most)
        {
            if (!sum.TryGetValue(name, out var known) || known < quantity) sum[name] = quantity;
        }

        Add(sum, spec.Overhead);
        return ValueMap<Quantity>.From(sum);
    }

    private static void Add(SortedDictionary<string, Quantity> sum, ValueMap<Quantity> quantities)
    {
        foreach (var (name, quantity) in quantities) sum[name] = sum.TryGetValue(name, out var known) ? known + quantity : quantity;
    }
}
