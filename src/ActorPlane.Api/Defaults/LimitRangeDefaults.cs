using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/core/v1/defaults.go SetDefaults_LimitRangeItem, SetDefaults_ResourceList.</summary>
public static class LimitRangeDefaults
{
    /// <summary>For containers: no default means the maximum; no default request means the default, else the minimum.</summary>
    public static LimitRange Apply(LimitRange value) => value with
    {
        Spec = value.Spec with { Limits = value.Spec.Limits.Each(Apply) },
    };

    /// <summary>Amounts are whole thousandths.</summary>
    public static ResourceQuota Apply(ResourceQuota value) => value with
    {
        Spec = value.Spec with { Hard = value.Spec.Hard.RoundedUp() },
    };

    private static LimitRangeItem Apply(LimitRangeItem item)
    {
        if (item.Type != "Container") return item;
        var limits = Fill(item.Default, item.Max);
        return item with { Default = limits, DefaultRequest = Fill(Fill(item.DefaultRequest, limits), item.Min) };
    }

    private static ValueMap<Quantity> Fill(ValueMap<Quantity> map, ValueMap<Quantity> from)
    {
        foreach (var (name, quantity) in from)
        {
            if (!map.ContainsKey(name)) map = map.With(name, quantity);
        }

        return map;
    }
}
