using System.Runtime.CompilerServices;
using ActorPlane.Api;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.Scheduler.Framework;

/// <summary>
/// What a pod's spec asks of a node, as plain numbers. Pods of one template share one spec instance, so it is worked out
/// once for all of them (<see cref="Of"/>). (<c>pkg/api/v1/resource/helpers.go</c>, <c>S/util/pod_resources.go</c>.)
/// </summary>
public sealed class PodDemand
{
    /// <summary>What a container without a cpu request counts as in scores, in milli-cores.</summary>
    public const long DefaultScoredMilliCpu = 100;

    /// <summary>What a container without a memory request counts as in scores, in bytes.</summary>
    public const long DefaultScoredMemory = 200L * 1024 * 1024;

    private static readonly ConditionalWeakTable<PodSpec, PodDemand> BySpec = new();

    private PodDemand(PodSpec spec)
    {
        Spec = spec;
        var extended = new SortedDictionary<string, long>(StringComparer.Ordinal);
        MilliCpu = Sum(spec, "cpu", 0);
        Memory = Sum(spec, "memory", 0);
        EphemeralStorage = Sum(spec, "ephemeral-storage", 0);
        ScoredMilliCpu = Sum(spec, "cpu", DefaultScoredMilliCpu);
        ScoredMemory = Sum(spec, "memory", DefaultScoredMemory);
        CollectExtended(spec, extended);
        Extended = [.. extended];
        HostPorts = CollectPorts(spec);
        var affinity = spec.Affinity?.NodeAffinity;
        RequiredNodes = affinity?.RequiredDuringSchedulingIgnoredDuringExecution;
        PreferredNodes = affinity?.PreferredDuringSchedulingIgnoredDuringExecution ?? ValueList<PreferredSchedulingTerm>.Empty;
    }

    /// <summary>Where the numbers come from.</summary>
    public PodSpec Spec { get; }

    /// <summary>Requested milli-cores.</summary>
    public long MilliCpu { get; }

    /// <summary>Requested bytes.</summary>
    public long Memory { get; }

    /// <summary>Requested bytes.</summary>
    public long EphemeralStorage { get; }

    /// <summary>Milli-cores that count in LeastAllocated: a container without a request counts <see cref="DefaultScoredMilliCpu"/>.</summary>
    public long ScoredMilliCpu { get; }

    /// <summary>Bytes that count in LeastAllocated: a container without a request counts <see cref="DefaultScoredMemory"/>.</summary>
    public long ScoredMemory { get; }

    /// <summary>Requests for every other resource (hugepages, devices), by name in ordinal order.</summary>
    public KeyValuePair<string, long>[] Extended { get; }

    /// <summary>Ports claimed on the node.</summary>
    public HostPort[] HostPorts { get; }

    /// <summary>Required node affinity, or null.</summary>
    public NodeSelector? RequiredNodes { get; }

    /// <summary>Preferred node affinity.</summary>
    public ValueList<PreferredSchedulingTerm> PreferredNodes { get; }

    /// <summary>The demand of a spec; the same instance for the same spec instance.</summary>
    public static PodDemand Of(PodSpec spec) => BySpec.GetValue(spec, static s => new PodDemand(s));

    /// <summary>The demand of a spec that only this pod has, as bound pods do: nothing is kept for it.</summary>
    public static PodDemand OfOne(PodSpec spec) => BySpec.TryGetValue(spec, out var known) ? known : new PodDemand(spec);

    private static long Sum(PodSpec spec, string resource, long missing)
    {
        long containers = 0, sidecars = 0, init = 0;
        foreach (var container in spec.Containers) containers += Request(container, resource, missing);
        foreach (var container in spec.InitContainers)
        {
            var request = Request(container, resource, missing);
            if (container.RestartPolicy == "Always")
            {
                // A sidecar goes on beside the containers and beside the init containers after it.
                containers += request;
                sidecars += request;
                init = Math.Max(init, sidecars);
            }
            else
            {
                init = Math.Max(init, request + sidecars);
            }
        }

        var overhead = spec.Overhead.TryGetValue(resource, out var amount) ? Amount(resource, amount) : 0;
        return Math.Max(containers, init) + overhead;
    }

    private static long Request(Container container, string resource, long missing) =>
        container.Resources.Requests.TryGetValue(resource, out var amount) ? Amount(resource, amount) : missing;

    private static long Amount(string resource, Quantity amount) => resource == "cpu" ? amount.MilliValue : amount.Value;

    private static void CollectExtended(PodSpec spec, SortedDictionary<string, long> extended)
    {
        foreach (var container in spec.Containers) Collect(container);
        foreach (var container in spec.InitContainers) Collect(container);
        foreach (var name in extended.Keys.ToArray()) extended[name] = Sum(spec, name, 0);

        void Collect(Container container)
        {
            foreach (var (name, _) in container.Resources.Requests)
            {
                if (name is not ("cpu" or "memory" or "ephemeral-storage")) extended[name] = 0;
            }
        }
    }

    private static HostPort[] CollectPorts(PodSpec spec)
    {
        List<HostPort>? ports = null;
        foreach (var container in spec.Containers)
        {
            foreach (var port in container.Ports)
            {
                if (port.HostPort is not > 0) continue;
                (ports ??= []).Add(new HostPort(
                    port.Protocol ?? "TCP",
                    string.IsNullOrEmpty(port.HostIP) ? HostPort.AnyIp : port.HostIP,
                    port.HostPort.Value));
            }
        }

        return ports is null ? [] : [.. ports];
    }
}
