using System.Globalization;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api.Tables;

/// <summary>Services. Source: printService in printers.go.</summary>
internal static class ServiceTable
{
    public static readonly TableSchema Schema = new TableSchema<Service>(
        ["Name", "Type", "Cluster-IP", "External-IP", "Port(s)", "Age", "Selector*"],
        static (item, now) =>
        [
            Cell.Name(item), Cell.Text(item.Spec.Type), Cell.TextOrNone(item.Spec.ClusterIPs is [var first, ..] ? first : item.Spec.ClusterIP),
            Cell.Text(ExternalOf(item)), Cell.TextOrNone(PortsOf(item)), Cell.Age(item, now), Cell.Labels(item.Spec.Selector),
        ]);

    private static string ExternalOf(Service item)
    {
        var external = string.Join(",", item.Spec.ExternalIPs);
        switch (item.Spec.Type)
        {
            case "ExternalName":
                return item.Spec.ExternalName ?? "";
            case "LoadBalancer":
                var given = string.Join(",", Cell.Distinct(item.Status.LoadBalancer.Ingress
                    .Select(ingress => string.IsNullOrEmpty(ingress.Ip) ? ingress.Hostname : ingress.Ip)).Concat(item.Spec.ExternalIPs));
                return given.Length == 0 ? "<pending>" : given;
            case not ("ClusterIP" or "NodePort"):
                return "<unknown>";
            default:
                return external.Length == 0 ? "<none>" : external;
        }
    }

    private static string PortsOf(Service item) => string.Join(",", item.Spec.Ports.Select(port => port.NodePort is > 0
        ? string.Create(CultureInfo.InvariantCulture, $"{port.Port}:{port.NodePort}/{port.Protocol}")
        : string.Create(CultureInfo.InvariantCulture, $"{port.Port}/{port.Protocol}")));
}
