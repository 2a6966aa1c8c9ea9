using System.Net;
using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.Nodes;

namespace ActorPlane.ApiServer;

/// <summary>
/// Gives a service its cluster address and its node ports, and keeps those it has. What is taken is read from the services
/// themselves, those on their way to the store included. (<c>pkg/registry/core/service/storage/alloc.go</c>,
/// <c>ipallocator</c>, <c>portallocator</c>.)
/// </summary>
public static class ServiceAllocation
{
    private const string Services = "services";
    private const string None = "None";
    private const string IPv4 = "IPv4";
    private const string Tcp = "TCP";

    // So often chance decides; in a nearly full range the first free one from there on is taken.
    private const int Draws = 16;

    private static readonly GroupVersionKind Kind = new("", "v1", "Service");

    /// <summary>The service with all that it needs, or why it cannot be.</summary>
    /// <param name="item">The new service, with its defaults.</param>
    /// <param name="before">What is stored, or null.</param>
    public static (Service Service, Status? Refusal) Allocate(Service item, Service? before, WriteContext context)
    {
        var others = context.Objects.All(Services).Concat(context.UnderWay(Services)).Cast<Service>()
            .Where(other => before is null || other.Metadata.Name != item.Metadata.Name || other.Metadata.Namespace != item.Metadata.Namespace);
        var errors = new List<FieldError>();
        var spec = ServiceFields.Settle(item.Spec, before?.Spec);
        if (ServiceFields.NeedsClusterIP(spec))
        {
            spec = WithFamilies(spec, errors);
            if (errors.Count == 0) spec = WithAddress(spec, before?.Spec, others, context, errors);
        }

        if (ServiceFields.NeedsNodePorts(spec)) spec = WithNodePorts(spec, others, context, errors);
        if (ServiceFields.NeedsHealthCheck(spec)) spec = WithHealthCheckPort(spec, before?.Spec, others, context, errors);
        return (item with { Spec = spec }, errors.Count == 0 ? null : ApiErrors.Invalid(Kind, item.Metadata.Name ?? "", errors));
    }

    // There is one family here. (alloc.go, initIPFamilyFields.)
    private static ServiceSpec WithFamilies(ServiceSpec spec, List<FieldError> errors)
    {
        if (spec.ClusterIP == None && spec.Selector.IsEmpty)
        {
            // Nobody but the user knows where it leads: it may have addresses of both families.
            var families = spec.IpFamilies.IsEmpty ? [IPv4] : spec.IpFamilies;
            if (families is [var one] && spec.IpFamilyPolicy != "SingleStack") families = families.Add(one == IPv4 ? "IPv6" : IPv4);
            return spec with { IpFamilies = families, IpFamilyPolicy = spec.IpFamilyPolicy ?? "RequireDualStack" };
        }

        var path = FieldPath.Of("spec");
        if (spec.IpFamilyPolicy == "RequireDualStack")
            errors.Add(FieldError.Invalid(path.Child("ipFamilyPolicy"), spec.IpFamilyPolicy, "this cluster is not configured for dual-stack services"));
        for (var i = 0; i < spec.IpFamilies.Count; i++)
        {
            if (spec.IpFamilies[i] == "IPv6") errors.Add(FieldError.Invalid(path.Child("ipFamilies").Index(i), spec.IpFamilies[i], "not configured on this cluster"));
        }

        return spec with { IpFamilies = spec.IpFamilies.IsEmpty ? [IPv4] : spec.IpFamilies, IpFamilyPolicy = spec.IpFamilyPolicy ?? "SingleStack" };
    }

    private static ServiceSpec WithAddress(ServiceSpec spec, ServiceSpec? before, IEnumerable<Service> others, WriteContext context, List<FieldError> errors)
    {
        var address = !string.IsNullOrEmpty(spec.ClusterIP) ? spec.ClusterIP : spec.ClusterIPs is [var first, ..] ? first : null;
        if (address is null || (address != None && address != before?.ClusterIP))
        {
            var taken = others.Select(other => other.Spec.ClusterIP).OfType<string>().ToHashSet(StringComparer.Ordinal);
            var range = context.Services.Range;
            if (address is null) address = FreeAddress(range, taken, context.Chance);
            else if (IPAddress.TryParse(address, out _))
            {
                var path = FieldPath.Of("spec", "clusterIPs");
                if (!Contains(range, address))
                    errors.Add(FieldError.InvalidGo(path, GoText.List([address]), $"failed to allocate IP {address}: the provided IP ({address}) is not in the valid range. The range of valid IPs is {range}"));
                else if (taken.Contains(address))
                    errors.Add(FieldError.InvalidGo(path, GoText.List([address]), $"failed to allocate IP {address}: provided IP is already allocated"));
            }

            if (address is null) errors.Add(FieldError.Invalid(FieldPath.Of("spec", "clusterIPs"), "", "failed to allocate an IP: range is full"));
        }

        return spec with { ClusterIP = address, ClusterIPs = spec.ClusterIPs is [var head, ..] && head == address ? spec.ClusterIPs : address is null ? [] : [address] };
    }

    private static ServiceSpec WithNodePorts(ServiceSpec spec, IEnumerable<Service> others, WriteContext context, List<FieldError> errors)
    {
        var taken = Taken(others);
        var ports = spec.Ports;
        var settings = context.Services;

        // What is asked for comes first; what is drawn must not take it away.
        for (var i = 0; i < ports.Count; i++)
        {
            if (ports[i].NodePort is not { } wanted || wanted == 0) continue;
            var path = FieldPath.Of("spec", "ports").Index(i).Child("nodePort");
            if (wanted < settings.FirstNodePort || wanted > settings.LastNodePort)
                errors.Add(FieldError.Invalid(path, wanted, $"provided port is not in the valid range. The range of valid ports is {settings.FirstNodePort}-{settings.LastNodePort}"));
            else if (!taken.Add((ports[i].Protocol, wanted)))
                errors.Add(FieldError.Invalid(path, wanted, "provided port is already allocated"));
        }

        for (var i = 0; i < ports.Count; i++)
        {
            if (ports[i].NodePort is > 0) continue;
            if (FreePort(settings, ports[i].Protocol, taken, context.Chance) is { } port)
            {
                taken.Add((ports[i].Protocol, port));
                ports = ports.SetItem(i, ports[i] with { NodePort = port });
            }
            else
            {
                errors.Add(FieldError.Invalid(FieldPath.Of("spec", "ports").Index(i).Child("nodePort"), 0, "failed to allocate a nodePort: range is full"));
            }
        }

        return spec with { Ports = ports };
    }

    private static ServiceSpec WithHealthCheckPort(ServiceSpec spec, ServiceSpec? before, IEnumerable<Service> others, WriteContext context, List<FieldError> errors)
    {
        if (spec.HealthCheckNodePort is { } had && had == before?.HealthCheckNodePort) return spec;
        var taken = Taken(others);
        foreach (var port in spec.Ports) taken.Add((port.Protocol, port.NodePort ?? 0));
        var path = FieldPath.Of("spec", "healthCheckNodePort");
        if (spec.HealthCheckNodePort is not { } wanted)
        {
            if (FreePort(context.Services, Tcp, taken, context.Chance) is { } free) return spec with { HealthCheckNodePort = free };
            errors.Add(FieldError.Invalid(path, 0, "failed to allocate a nodePort: range is full"));
        }
        else if (wanted < context.Services.FirstNodePort || wanted > context.Services.LastNodePort)
        {
            errors.Add(FieldError.Invalid(path, wanted, $"provided port is not in the valid range. The range of valid ports is {context.Services.FirstNodePort}-{context.Services.LastNodePort}"));
        }
        else if (taken.Contains((Tcp, wanted)))
        {
            errors.Add(FieldError.Invalid(path, wanted, "provided port is already allocated"));
        }

        return spec;
    }

    private static HashSet<(string? Protocol, int Port)> Taken(IEnumerable<Service> services)
    {
        var taken = new HashSet<(string? Protocol, int Port)>();
        foreach (var service in services)
        {
            foreach (var port in service.Spec.Ports)
            {
                if (port.NodePort is > 0 and var number) taken.Add((port.Protocol, number));
            }

            if (service.Spec.HealthCheckNodePort is { } check) taken.Add((Tcp, check));
        }

        return taken;
    }

    private static string? FreeAddress(Cidr range, HashSet<string> taken, Chance chance)
    {
        // Neither the network's own address nor the first, which the service kubernetes has, nor the broadcast address.
        var size = (int)(1u << (32 - range.PrefixLength)) - 3;
        return Free(size, chance, index => Cidr.Dotted(range.Address + 2 + (uint)index), address => !taken.Contains(address));
    }

    private static int? FreePort(ServiceSettings settings, string? protocol, HashSet<(string?, int)> taken, Chance chance) =>
        Free(settings.LastNodePort - settings.FirstNodePort + 1, chance, index => (int?)(settings.FirstNodePort + index), port => !taken.Contains((protocol, port!.Value)));

    private static T? Free<T>(int size, Chance chance, Func<int, T> at, Func<T, bool> isFree)
    {
        var start = 0;
        for (var draw = 0; draw < Draws; draw++)
        {
            start = chance.Next(size);
            if (at(start) is var candidate && isFree(candidate)) return candidate;
        }

        for (var step = 1; step < size; step++)
        {
            if (at((start + step) % size) is var candidate && isFree(candidate)) return candidate;
        }

        return default;
    }

    private static bool Contains(Cidr range, string address) =>
        Cidr.TryParse(address + "/32", out var single) && (single.Address >> (32 - range.PrefixLength)) == (range.Address >> (32 - range.PrefixLength));

    /// <summary>The first address of the range, as text: that of the service <c>kubernetes</c>.</summary>
    public static string FirstAddress(Cidr range) => Cidr.Dotted(range.Address + 1);
}
