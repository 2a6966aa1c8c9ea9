using ActorPlane.Api;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.ApiServer;

/// <summary>
/// What an object takes of a ResourceQuota: how many there may be of its resource, and what pods, claims and services use
/// besides. (<c>pkg/quota/v1/evaluator/core</c>, <c>G/apiserver/pkg/quota/v1/generic</c>.)
/// </summary>
public static class QuotaUsage
{
    private static readonly Quantity One = Quantity.FromInt64(1);

    // These had quotas of their own before count/RESOURCE.GROUP was invented.
    private static readonly HashSet<string> OldNames = new(StringComparer.Ordinal)
    {
        "configmaps", "persistentvolumeclaims", "replicationcontrollers", "resourcequotas", "secrets", "services",
    };

    /// <summary>The resources of which objects count for a quota, by name.</summary>
    public static IReadOnlyList<string> ResourcesOf(ResourceQuota quota)
    {
        var resources = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var name in quota.Spec.Hard.Keys)
        {
            if (name.StartsWith("count/", StringComparison.Ordinal)) resources.Add(name["count/".Length..]);
            else if (OldNames.Contains(name)) resources.Add(name);
            else if (name.StartsWith("services.", StringComparison.Ordinal)) resources.Add("services");
            else if (IsOfClaims(name)) resources.Add("persistentvolumeclaims");
            else resources.Add("pods");
        }

        return [.. resources];
    }

    /// <summary>What an object takes of this quota, only in the names that the quota limits; empty when the quota is not for it.</summary>
    public static ValueMap<Quantity> Of(string resource, IKubeObject item, ResourceQuota quota)
    {
        if (!IsInScope(item, quota.Spec)) return ValueMap<Quantity>.Empty;
        var usage = All(resource, item);
        return ValueMap<Quantity>.From(usage.Where(entry => quota.Spec.Hard.ContainsKey(entry.Key)));
    }

    /// <summary>What all these objects take together: an amount for each name that the quota limits.</summary>
    public static ValueMap<Quantity> Sum(ResourceQuota quota, IEnumerable<(string Resource, IKubeObject Object)> items)
    {
        var sum = new SortedDictionary<string, Quantity>(StringComparer.Ordinal);
        foreach (var name in quota.Spec.Hard.Keys) sum[name] = Quantity.Zero;
        foreach (var (resource, item) in items)
        {
            foreach (var (name, quantity) in Of(resource, item, quota)) sum[name] += quantity;
        }

        return ValueMap<Quantity>.From(sum);
    }

    /// <summary>The compute resources that a quota limits and of which a container says nothing.</summary>
    public static IReadOnlyList<string> Unspecified(Pod pod, ResourceQuota quota)
    {
        if (!IsInScope(pod, quota.Spec)) return [];
        var missing = new List<string>();
        foreach (var name in quota.Spec.Hard.Keys)
        {
            var (bare, isLimit) = name.StartsWith("limits.", StringComparison.Ordinal) ? (name["limits.".Length..], true)
                : name.StartsWith("requests.", StringComparison.Ordinal) ? (name["requests.".Length..], false) : (name, false);
            if (bare is not ("cpu" or "memory")) continue;
            if (pod.Spec.Containers.Concat(pod.Spec.InitContainers).Any(container => !(isLimit ? container.Resources.Limits : container.Resources.Requests).ContainsKey(bare)))
                missing.Add(name);
        }

        return missing;
    }

    private static SortedDictionary<string, Quantity> All(string resource, IKubeObject item)
    {
        // Of pods that have ended only the objects are counted.
        var usage = new SortedDictionary<string, Quantity>(StringComparer.Ordinal) { ["count/" + resource] = One };
        if (OldNames.Contains(resource)) usage[resource] = One;
        switch (item)
        {
            case Pod { Status.Phase: not ("Succeeded" or "Failed") } pod when !IsLeftOver(pod):
                usage["pods"] = One;
                foreach (var (name, quantity) in PodResources.Requests(pod.Spec))
                {
                    usage["requests." + name] = quantity;
                    if (name is "cpu" or "memory" or "ephemeral-storage" || name.StartsWith("hugepages-", StringComparison.Ordinal)) usage[name] = quantity;
                }

                foreach (var (name, quantity) in PodResources.Limits(pod.Spec)) usage["limits." + name] = quantity;
                break;
            case PersistentVolumeClaim claim when claim.Spec.Resources.Requests.TryGetValue("storage", out var storage):
                usage["requests.storage"] = storage;
                if (claim.Spec.StorageClassName is { Length: > 0 } storageClass)
                {
                    usage[storageClass + ".storageclass.storage.k8s.io/requests.storage"] = storage;
                    usage[storageClass + ".storageclass.storage.k8s.io/persistentvolumeclaims"] = One;
                }

                break;
            case Service service:
                if (service.Spec.Type == "LoadBalancer") usage["services.loadbalancers"] = One;
                if (service.Spec.Type is "NodePort" or "LoadBalancer")
                {
                    // Without ports of their own, load balancers may still have some from before.
                    var isEach = service.Spec.Type == "NodePort" || service.Spec.AllocateLoadBalancerNodePorts != false;
                    usage["services.nodeports"] = Quantity.FromInt64(service.Spec.Ports.Count(port => isEach || port.NodePort is > 0));
                }

                break;
        }

        return usage;
    }

    // Its grace is over and it is still there: its machine is lost, and what it took is free.
    private static bool IsLeftOver(Pod pod) => pod.Metadata is { DeletionTimestamp: not null, DeletionGracePeriodSeconds: 0 };

    private static bool IsOfClaims(string name) => name == "requests.storage" || name.Contains(".storageclass.storage.k8s.io/", StringComparison.Ordinal);

    private static bool IsInScope(IKubeObject item, ResourceQuotaSpec spec)
    {
        if (spec.Scopes.IsEmpty && spec.ScopeSelector is null) return true;

        // Scopes speak of pods only.
        if (item is not Pod pod) return false;
        foreach (var scope in spec.Scopes)
        {
            if (!IsIn(pod, scope)) return false;
        }

        foreach (var requirement in spec.ScopeSelector?.MatchExpressions ?? [])
        {
            var isMet = (requirement.ScopeName, requirement.Operator) switch
            {
                ("PriorityClass", "In") => requirement.Values.Contains(pod.Spec.PriorityClassName ?? ""),
                ("PriorityClass", "NotIn") => !requirement.Values.Contains(pod.Spec.PriorityClassName ?? ""),
                (_, "DoesNotExist") => !IsIn(pod, requirement.ScopeName!),
                _ => IsIn(pod, requirement.ScopeName!),
            };
            if (!isMet) return false;
        }

        return true;
    }

    private static bool IsIn(Pod pod, string scope) => scope switch
    {
        "Terminating" => pod.Spec.ActiveDeadlineSeconds is >= 0,
        "NotTerminating" => pod.Spec.ActiveDeadlineSeconds is null,
        "BestEffort" => PodQos.Of(pod.Spec) == "BestEffort",
        "NotBestEffort" => PodQos.Of(pod.Spec) != "BestEffort",
        "PriorityClass" => !string.IsNullOrEmpty(pod.Spec.PriorityClassName),
        "CrossNamespacePodAffinity" => AffinityTerms(pod.Spec.Affinity).Any(term => term.Namespaces.Count > 0 || term.NamespaceSelector is not null),
        _ => false,
    };

    private static IEnumerable<PodAffinityTerm> AffinityTerms(Affinity? affinity)
    {
        var (near, far) = (affinity?.PodAffinity ?? PodAffinity.Empty, affinity?.PodAntiAffinity ?? PodAntiAffinity.Empty);
        return near.RequiredDuringSchedulingIgnoredDuringExecution.Concat(far.RequiredDuringSchedulingIgnoredDuringExecution)
            .Concat(near.PreferredDuringSchedulingIgnoredDuringExecution.Concat(far.PreferredDuringSchedulingIgnoredDuringExecution).Select(weighted => weighted.PodAffinityTerm));
    }
}
