using ActorPlane.Api;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.ApiServer;

/// <summary>
/// Fields of a service that hang together: <c>clusterIP</c> is the first of <c>clusterIPs</c>, an update need not repeat what the server
/// gave, and what a service's new type knows nothing of goes, unless the update speaks of it.
/// (<c>pkg/registry/core/service/strategy.go</c> and <c>storage/storage.go</c>: normalizeClusterIPs, patchAllocatedValues, dropTypeDependentFields.)
/// </summary>
public static class ServiceFields
{
    /// <summary>Whether it has an address in the cluster.</summary>
    public static bool NeedsClusterIP(ServiceSpec spec) => spec.Type is "ClusterIP" or "NodePort" or "LoadBalancer";

    /// <summary>Whether its ports are opened on every node.</summary>
    public static bool NeedsNodePorts(ServiceSpec spec) =>
        spec.Type == "NodePort" || (spec.Type == "LoadBalancer" && spec.AllocateLoadBalancerNodePorts != false);

    /// <summary>Whether a port on every node tells if there are endpoints on it.</summary>
    public static bool NeedsHealthCheck(ServiceSpec spec) => spec is { Type: "LoadBalancer", ExternalTrafficPolicy: "Local" };

    /// <summary>Whether traffic reaches it from outside.</summary>
    public static bool IsExternallyAccessible(ServiceSpec spec) =>
        spec.Type is "LoadBalancer" or "NodePort" || (spec.Type == "ClusterIP" && !spec.ExternalIPs.IsEmpty);

    /// <summary>The new state of a service with its fields in step.</summary>
    /// <param name="before">The stored one, or null.</param>
    public static ServiceSpec Settle(ServiceSpec spec, ServiceSpec? before)
    {
        if (before is null) return spec.ClusterIP is { } only && spec.ClusterIPs.IsEmpty ? spec with { ClusterIPs = [only] } : spec;
        spec = WithGiven(InStep(spec, before), before);
        return WithoutForeign(spec, before);
    }

    // Who changes one of the two changes the other, too.
    private static ServiceSpec InStep(ServiceSpec spec, ServiceSpec before)
    {
        var sameAddress = spec.ClusterIP == before.ClusterIP;
        var sameList = spec.ClusterIPs.Equals(before.ClusterIPs);
        if (sameAddress || !sameList) return spec.ClusterIP is { } address && spec.ClusterIPs.IsEmpty && !sameAddress ? spec with { ClusterIPs = [address] } : spec;
        return spec with { ClusterIPs = spec.ClusterIP is { } changed ? [changed] : [] };
    }

    private static ServiceSpec WithGiven(ServiceSpec spec, ServiceSpec before)
    {
        if (NeedsClusterIP(spec) && NeedsClusterIP(before))
        {
            if (spec.ClusterIP is null && spec.ClusterIPs.IsEmpty) spec = spec with { ClusterIP = before.ClusterIP };
            if (spec.ClusterIPs.IsEmpty && spec.ClusterIP == before.ClusterIP) spec = spec with { ClusterIPs = before.ClusterIPs };
        }

        if (NeedsNodePorts(spec) && NeedsNodePorts(before)) spec = spec with { Ports = WithNodePorts(spec.Ports, before.Ports) };
        if (NeedsHealthCheck(spec) && NeedsHealthCheck(before)) spec = spec with { HealthCheckNodePort = spec.HealthCheckNodePort ?? before.HealthCheckNodePort };
        return spec;
    }

    private static ValueList<ServicePort> WithNodePorts(ValueList<ServicePort> ports, ValueList<ServicePort> before)
    {
        var used = ports.Select(port => port.NodePort ?? 0).ToHashSet();
        for (var i = 0; i < ports.Count; i++)
        {
            if (ports[i].NodePort is > 0) continue;
            if (before.Find(port => (port.Name ?? "") == (ports[i].Name ?? "")) is { NodePort: > 0 } known && used.Add(known.NodePort.Value))
                ports = ports.SetItem(i, ports[i] with { NodePort = known.NodePort });
        }

        return ports;
    }

    private static ServiceSpec WithoutForeign(ServiceSpec spec, ServiceSpec before)
    {
        if (NeedsClusterIP(before) && !NeedsClusterIP(spec))
        {
            if (spec.ClusterIPs.Equals(before.ClusterIPs)) spec = spec with { ClusterIP = null, ClusterIPs = [] };
            if (spec.IpFamilies.Equals(before.IpFamilies)) spec = spec with { IpFamilies = [] };
            if (spec.IpFamilyPolicy == before.IpFamilyPolicy) spec = spec with { IpFamilyPolicy = null };
        }

        if (NeedsNodePorts(before) && !NeedsNodePorts(spec) && HasPortsOf(spec, before))
            spec = spec with { Ports = [.. spec.Ports.Select(static port => port with { NodePort = null })] };
        if (NeedsHealthCheck(before) && !NeedsHealthCheck(spec) && spec.HealthCheckNodePort == before.HealthCheckNodePort)
            spec = spec with { HealthCheckNodePort = null };
        if (before.Type == "LoadBalancer" && spec.Type != "LoadBalancer")
        {
            if (spec.AllocateLoadBalancerNodePorts == before.AllocateLoadBalancerNodePorts) spec = spec with { AllocateLoadBalancerNodePorts = null };
            if (spec.LoadBalancerClass == before.LoadBalancerClass) spec = spec with { LoadBalancerClass = null };
        }

        if (IsExternallyAccessible(before) && !IsExternallyAccessible(spec) && spec.ExternalTrafficPolicy == before.ExternalTrafficPolicy)
            spec = spec with { ExternalTrafficPolicy = null };
        return spec;
    }

    private static bool HasPortsOf(ServiceSpec spec, ServiceSpec before)
    {
        var known = before.Ports.Select(port => port.NodePort ?? 0).ToHashSet();
        return spec.Ports.All(port => known.Contains(port.NodePort ?? 0) || port.NodePort is null);
    }
}
