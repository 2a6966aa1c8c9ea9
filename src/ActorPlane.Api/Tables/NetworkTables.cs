using System.Globalization;
using ActorPlane.Api.Discovery.V1;
using ActorPlane.Api.Networking.V1;
using ActorPlane.Api.Networking.V1beta1;

namespace ActorPlane.Api.Tables;

/// <summary>The Tables of networking and discovery.</summary>
internal static class NetworkTables
{
    public static readonly TableSchema Ingresses = new TableSchema<Ingress>(
        ["Name", "Class", "Hosts", "Address", "Ports", "Age"],
        static (item, now) =>
        [
            Cell.Name(item), Cell.TextOrNone(item.Spec.IngressClassName),
            Cell.Text(HostsOf(item)), Cell.Text(string.Join(",", Cell.Distinct(item.Status.LoadBalancer.Ingress.Select(i => string.IsNullOrEmpty(i.Ip) ? i.Hostname : i.Ip)))),
            Cell.Text(item.Spec.Tls.IsEmpty ? "80" : "80, 443"), Cell.Age(item, now),
        ]);

    public static readonly TableSchema IngressClasses = new TableSchema<IngressClass>(
        ["Name", "Controller", "Parameters", "Age"],
        static (item, now) =>
        [
            Cell.Name(item), Cell.Text(item.Spec.Controller),
            Cell.TextOrNone(item.Spec.Parameters is { } p ? $"{p.Kind}{(string.IsNullOrEmpty(p.ApiGroup) ? "" : "." + p.ApiGroup)}/{p.Name}" : null), Cell.Age(item, now),
        ]);

    public static readonly TableSchema NetworkPolicies = new TableSchema<NetworkPolicy>(
        ["Name", "Pod-Selector", "Age"], static (item, now) => [Cell.Name(item), Cell.Selector(item.Spec.PodSelector), Cell.Age(item, now)]);

    public static readonly TableSchema EndpointSlices = new TableSchema<EndpointSlice>(
        ["Name", "AddressType", "Ports", "Endpoints", "Age"],
        static (item, now) =>
        [
            Cell.Name(item), Cell.Text(item.AddressType),
            Cell.Text(item.Ports.IsEmpty ? "<unset>" : Cell.First(item.Ports.Select(p => p.Port?.ToString(CultureInfo.InvariantCulture) ?? p.Name ?? "*"), 3)),
            Cell.Text(item.Endpoints.All(e => e.Addresses.IsEmpty) ? "<unset>" : Cell.First(item.Endpoints.SelectMany(e => e.Addresses), 3)), Cell.Age(item, now),
        ]);

    public static readonly TableSchema ServiceRanges = new TableSchema<ServiceCIDR>(
        ["Name", "CIDRs", "Age"], static (item, now) => [Cell.Name(item), Cell.Text(string.Join(",", item.Spec.Cidrs)), Cell.Age(item, now)]);

    public static readonly TableSchema Addresses = new TableSchema<IPAddress>(
        ["Name", "ParentRef"], static (item, _) => [Cell.Name(item), Cell.Text(ParentOf(item.Spec.ParentRef))]);

    private static string ParentOf(ParentReference? parent)
    {
        if (parent is null) return "<none>";
        var resource = string.IsNullOrEmpty(parent.Group) ? parent.Resource : $"{parent.Resource}.{parent.Group}";
        return string.Join("/", new[] { resource?.ToLowerInvariant(), parent.Namespace, parent.Name }.Where(part => !string.IsNullOrEmpty(part)));
    }

    private static string HostsOf(Ingress item)
    {
        // A rule that follows the third host counts as more, with a host of its own or without.
        var hosts = new List<string>();
        var isMore = false;
        foreach (var rule in item.Spec.Rules)
        {
            isMore |= hosts.Count == 3;
            if (!isMore && !string.IsNullOrEmpty(rule.Host)) hosts.Add(rule.Host);
        }

        var text = hosts.Count == 0 ? "*" : string.Join(",", hosts);
        return isMore ? string.Create(CultureInfo.InvariantCulture, $"{text} + {item.Spec.Rules.Count - 3} more...") : text;
    }
}
