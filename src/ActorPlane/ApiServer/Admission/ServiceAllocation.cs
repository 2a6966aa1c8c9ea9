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

    // So often chance decides; in a nearly full range the first free one from there on is taken.
    private const int Draws = 16;

    private static readonly GroupVersionKind Kind = new("", "v1", "Service");

    /// <summary>The service with all that it needs, or why it cannot be.</summary>
    /// <param name="item">The new service, with its defaults.</param>
    /// <param name="before">What is stored, or null.</param>
    public static (Service Service, Status? Refusal) Allocate(Service item, Service? before, WriteContext context)
    {
        var others = context.Objects.All(Services).Concat(context.UnderWay(Services)).Cast<Service>()
            .Where(other => other.Metadata.Name != item.Metadata.Name || other.Metadata.Namespace != item.Metadata.Namespace);
        var errors = new List<FieldError>();
        var spec = item.Spec;
        if (spec.Type == "ExternalName")
        {
            // Its address, if it had one, is free again.
            spec = spec with { ClusterIP = null, ClusterIPs = [], IpFamilies = [], IpFamilyPolicy = null };
            if (before is not null) spec = spec with { Ports = [.. spec.Ports.Select(port => port with { NodePort = null })] };
            return (item with { Spec = spec }, null);
        }

        spec = WithAddress(spec, before?.Spec, others, context, errors);
        if (NeedsNodePorts(spec)) spec = WithNodePorts(spec, before?.Spec, others, context, errors);
        else if (before is not null && NeedsNodePorts(before.Spec)) spec = spec with { Ports = WithoutNodePorts(spec.Ports, before.Spec.Ports) };
        return (item with { Spec = spec }, errors.Count == 0 ? null : ApiErrors.Invalid(Kind, item.Metadata.Name ?? "", errors));
    }

    private static ServiceSpec WithAddress(ServiceSpec spec, ServiceSpec? before, IEnumerable<Service> others, WriteContext context, List<FieldError> errors)
    {
        var address = !string.IsNullOrEmpty(spec.ClusterIP) ? spec.ClusterIP : spec.ClusterIPs is [var first, ..] ? first : null;
        if (address is null && before is { Type: not "ExternalName", ClusterIP: { Length: > 0 } had }) address = had;
        if (address is null || (address != None && address != before?.ClusterIP))
        {
            var taken = others.Select(other => other.Spec.ClusterIP).OfType<string>().ToHashSet(StringComparer.Ordinal);
            var range = context.Services.Range;
            if (address is null) address = FreeAddress(range, taken, context.Chance);
            else if (IPAddress.TryParse(address, out _))
            {
                var path = FieldPath.Of("spec", "clusterIPs");
                if (!Contains(range, address))
                    errors.Add(FieldError.Invalid(path, address, $"failed to allocate IP {address}: the provided IP ({address}) is not in the valid range. The range of valid IPs is {range}"));
                else if (taken.Contains(address))
                    errors.Add(FieldError.Invalid(path, address, $"failed to allocate IP {address}: provided IP is already allocated"));
            }

            if (address is null) errors.Add(FieldError.Invalid(FieldPath.Of("spec", "clusterIPs"), "", "failed to allocate an IP: range is full"));
        }

        return spec with
        {
            ClusterIP = address,
            ClusterIPs = address is null ? [] : [address],
            IpFamilies = spec.IpFamilies.IsEmpty ? ["IPv4"] : spec.IpFamilies,
            IpFamilyPolicy = spec.IpFamilyPolicy ?? "SingleStack",
        };
    }

    private static ServiceSpec WithNodePorts(ServiceSpec spec, ServiceSpec? before, IEnumerable<Service> others, WriteContext context, List<FieldError> errors)
    {
        var taken = others.SelectMany(other => other.Spec.Ports).Where(port => port.NodePort is > 0).Select(port => (port.Protocol, port.NodePort!.Value)).ToHashSet();
        var ports = spec.Ports;
        var settings = context.Services;

        // What is asked for comes first; what is drawn must not take it away.
        for (var i = 0; i < ports.Count; i++)
        {
            if (ports[i].NodePort is not > 0 && before?.Ports.Find(port => port.Port == ports[i].Port && port.Protocol == ports[i].Protocol) is { NodePort: > 0 } known)
                ports = ports.SetItem(i, ports[i] with { NodePort = known.NodePort });
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

    private static bool NeedsNodePorts(ServiceSpec spec) =>
        spec.Type == "NodePort" || (spec.Type == "LoadBalancer" && spec.AllocateLoadBalancerNodePorts != false);

    private static ValueList<ServicePort> WithoutNodePorts(ValueList<ServicePort> ports, ValueList<ServicePort> before) =>
        [.. ports.Select(port => before.FindIndex(old => old.NodePort == port.NodePort) >= 0 ? port with { NodePort = null } : port)];

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
