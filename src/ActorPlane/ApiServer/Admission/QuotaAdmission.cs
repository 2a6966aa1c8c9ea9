using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.ApiServer;

/// <summary>
/// Refuses what would exceed a ResourceQuota of its namespace. What is used is counted from the objects themselves, those
/// on their way to the store included, so that it never depends on how fast <c>status.used</c> is brought up to date.
/// Creations are checked, and updates of what can come to take more: services and claims. (<c>G/apiserver/pkg/admission/plugin/resourcequota/controller.go</c>.)
/// </summary>
public static class QuotaAdmission
{
    private const string Quotas = "resourcequotas";

    /// <summary>Why an object is refused; null when it is not. Costs nothing in a cluster without quotas.</summary>
    /// <param name="before">What is stored under its name; null for a new one.</param>
    public static Status? Check(ResourceType resource, IKubeObject item, WriteContext context, IKubeObject? before = null)
    {
        if (!resource.IsNamespaced || !context.Plugins.ResourceQuota) return null;
        foreach (var stored in context.Objects.All(Quotas))
        {
            if (stored.Metadata.Namespace != item.Metadata.Namespace) continue;
            var quota = (ResourceQuota)stored;
            if (Check(resource, item, before, quota, context) is { } why) return ApiErrors.Forbidden(resource.Gvr, item.Metadata.Name!, why);
        }

        return null;
    }

    private static string? Check(ResourceType resource, IKubeObject item, IKubeObject? before, ResourceQuota quota, WriteContext context)
    {
        var requested = QuotaUsage.Of(resource.Name, item, quota);
        if (before is not null) requested = Beyond(requested, QuotaUsage.Of(resource.Name, before, quota));
        if (item is Pod pod && QuotaUsage.Unspecified(pod, quota) is { Count: > 0 } missing)
            return $"failed quota: {quota.Metadata.Name}: must specify {string.Join("; ", missing.Select(name => $"{name} for: {string.Join(",", pod.Spec.Containers.Concat(pod.Spec.InitContainers).Select(container => container.Name))}"))}";
        if (requested.IsEmpty) return null;
        var @namespace = item.Metadata.Namespace!;
        var used = QuotaUsage.Sum(quota, ResourcesTouched(quota, requested).SelectMany(name => InNamespace(name, @namespace, context)));
        var exceeded = requested.Where(entry => used[entry.Key] + entry.Value > quota.Spec.Hard[entry.Key]).Select(entry => entry.Key).ToList();
        return exceeded.Count == 0 ? null
            : $"exceeded quota: {quota.Metadata.Name}, requested: {Listed(exceeded, requested)}, used: {Listed(exceeded, used)}, limited: {Listed(exceeded, quota.Spec.Hard)}";
    }

    // What is given back is no request.
    private static ValueMap<Quantity> Beyond(ValueMap<Quantity> now, ValueMap<Quantity> before) => ValueMap<Quantity>.From(
        now.Select(entry => KeyValuePair.Create(entry.Key, before.TryGetValue(entry.Key, out var had) ? entry.Value - had : entry.Value)).Where(entry => entry.Value.Sign > 0));

    private static IReadOnlyList<string> ResourcesTouched(ResourceQuota quota, ValueMap<Quantity> requested) =>
        QuotaUsage.ResourcesOf(quota with { Spec = quota.Spec with { Hard = requested } });

    private static IEnumerable<(string Resource, IKubeObject Object)> InNamespace(string resource, string @namespace, WriteContext context)
    {
        foreach (var item in context.Objects.All(resource))
        {
            if (item.Metadata.Namespace == @namespace) yield return (resource, item);
        }

        foreach (var item in context.UnderWay(resource))
        {
            if (item.Metadata.Namespace == @namespace && context.Objects.Find(resource, @namespace, item.Metadata.Name!) is null) yield return (resource, item);
        }
    }

    private static string Listed(List<string> names, ValueMap<Quantity> amounts) => string.Join(",", names.Select(name => $"{name}={amounts[name]}"));
}
