using System.Globalization;
using ActorPlane.Api.Discovery.V1;
using ActorPlane.Api.Networking.V1;

namespace ActorPlane.Api.Tables;

/// <summary>The Tables of networking and discovery.</summary>
internal static class NetworkTables
{
    public static readonly TableSchema Ingresses = new TableSchema<Ingress>(
        ["Name", "Class", "Hosts", "Address", "Ports", "Age"],
        static (item, now) =>
        [
            Cell.Name(item), Cell.TextOrNone(item.Spec.IngressClassName ?? item.Metadata.Annotations.GetValueOrDefault("kubernetes.io/ingress.class")),
            Cell.Text(HostsOf(item)), Cell.Text(string.Join(",", item.Status.LoadBalancer.Ingress.Select(i => string.IsNullOrEmpty(i.Ip) ? i.Hostname : i.Ip))),
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
            Cell.Text(item.Ports.IsEmpty ? "<unset>" : Cell.First(item.Ports.Select(p => p.Port?.ToString(CultureInfo.InvariantCulture) ?? "*"), 3)),
            Cell.Text(item.Endpoints.IsEmpty ? "<unset>" : Cell.First(item.Endpoints.SelectMany(e => e.Addresses), 3)), Cell.Age(item, now),
        ]);

    private static string HostsOf(Ingress item)
    {
        var hosts = item.Spec.Rules.Select(rule => rule.Host).Where(host => !string.IsNullOrEmpty(host)).ToList();
        return hosts.Count == 0 ? "*" : Cell.First(hosts, 3);
    }
}
