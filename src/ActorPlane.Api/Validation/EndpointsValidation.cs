using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Discovery.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/core/validation/validation.go ValidateEndpoints, pkg/apis/discovery/validation/validation.go.</summary>
internal static class EndpointsValidation
{
    private const int MostEndpoints = 1000;
    private const int MostAddresses = 100;
    private const int MostPorts = 20000;
    private const int MostTopologyLabels = 16;
    private const int MostZones = 8;

    public static void Validate(List<FieldError> errors, Endpoints value)
    {
        for (var i = 0; i < value.Subsets.Count; i++)
        {
            var (path, subset) = (FieldPath.Of("subsets").Index(i), value.Subsets[i]);
            if (subset.Addresses.IsEmpty && subset.NotReadyAddresses.IsEmpty) errors.Add(FieldError.Required(path, "must specify `addresses` or `notReadyAddresses`"));
            Addresses(errors, path.Child("addresses"), subset.Addresses);
            Addresses(errors, path.Child("notReadyAddresses"), subset.NotReadyAddresses);
            for (var p = 0; p < subset.Ports.Count; p++)
            {
                var (at, port) = (path.Child("ports").Index(p), subset.Ports[p]);
                if (!port.Name.IsBlank()) Checks.All(errors, at.Child("name"), port.Name, NameRules.DnsLabel(port.Name!));
                else if (subset.Ports.Count > 1) errors.Add(FieldError.Required(at.Child("name")));
                Port(errors, at, port.Port ?? 0, port.Protocol, port.AppProtocol);
            }
        }
    }

    public static void Validate(List<FieldError> errors, EndpointSlice value)
    {
        if (value.AddressType.IsBlank()) errors.Add(FieldError.Required(FieldPath.Of("addressType")));
        else Checks.OneOf(errors, FieldPath.Of("addressType"), value.AddressType, "FQDN", "IPv4", "IPv6");
        Endpoints(errors, FieldPath.Of("endpoints"), value);
        Ports(errors, FieldPath.Of("ports"), value.Ports);
    }

    public static void ValidateUpdate(List<FieldError> errors, EndpointSlice value, EndpointSlice old)
    {
        if (value.AddressType != old.AddressType) errors.Add(FieldError.Invalid(FieldPath.Of("addressType"), value.AddressType, Checks.Immutable));
    }

    private static void Endpoints(List<FieldError> errors, FieldPath path, EndpointSlice value)
    {
        if (value.Endpoints.Count > MostEndpoints)
        {
            errors.Add(FieldError.TooMany(path, value.Endpoints.Count, MostEndpoints));
            return;
        }

        for (var i = 0; i < value.Endpoints.Count; i++)
        {
            var (at, endpoint) = (path.Index(i), value.Endpoints[i]);
            var place = at.Child("addresses");
            if (endpoint.Addresses.IsEmpty) errors.Add(FieldError.Required(place, "must contain at least 1 address"));
            else if (endpoint.Addresses.Count > MostAddresses) errors.Add(FieldError.TooMany(place, endpoint.Addresses.Count, MostAddresses));
            for (var a = 0; a < endpoint.Addresses.Count; a++) Address(errors, place.Index(a), value.AddressType, endpoint.Addresses[a]);
            if (endpoint.NodeName is { } node) Checks.All(errors, at.Child("nodeName"), node, NameRules.DnsSubdomain(node));
            if (endpoint.DeprecatedTopology.Count > MostTopologyLabels) errors.Add(FieldError.TooMany(at.Child("deprecatedTopology"), endpoint.DeprecatedTopology.Count, MostTopologyLabels));
            errors.AddRange(ObjectMetaValidation.Labels(endpoint.DeprecatedTopology, at.Child("deprecatedTopology")));
            if (endpoint.Hostname is { } host) Checks.All(errors, at.Child("hostname"), host, NameRules.DnsLabel(host));
            if (endpoint.Hints is not { } hints) continue;
            place = at.Child("hints").Child("forZones");
            if (hints.ForZones.Count > MostZones) errors.Add(FieldError.TooMany(place, hints.ForZones.Count, MostZones));
            for (var z = 0; z < hints.ForZones.Count; z++)
            {
                if (hints.ForZones.Take(z).Any(zone => zone.Name == hints.ForZones[z].Name)) errors.Add(FieldError.Duplicate(place.Index(z).Child("name"), hints.ForZones[z].Name));
            }
        }
    }

    private static void Address(List<FieldError> errors, FieldPath path, string? type, string address)
    {
        switch (type)
        {
            case "IPv4" or "IPv6":
                if (NameRules.TryIp(address) is not { } ip || ip.GetAddressBytes().Length == 4 != (type == "IPv4")) errors.Add(FieldError.Invalid(path, address, $"must be a valid {type} address"));
                Checks.All(errors, path, address, NameRules.NonSpecialIp(address));
                break;
            case "FQDN":
                var name = address.EndsWith('.') ? address[..^1] : address;
                if (address.Length == 0) errors.Add(FieldError.Required(path));
                else if (NameRules.DnsSubdomain(name) is { IsEmpty: false } problems) errors.Add(FieldError.Invalid(path, name, string.Join(',', problems)));
                else if (!name.Contains('.', StringComparison.Ordinal)) errors.Add(FieldError.Invalid(path, name, "should be a domain with at least two segments separated by dots"));
                break;
        }
    }

    private static void Ports(List<FieldError> errors, FieldPath path, ValueList<Discovery.V1.EndpointPort> ports)
    {
        if (ports.Count > MostPorts)
        {
            errors.Add(FieldError.TooMany(path, ports.Count, MostPorts));
            return;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < ports.Count; i++)
        {
            var (at, port) = (path.Index(i), ports[i]);
            if (!port.Name.IsBlank()) Checks.All(errors, at.Child("name"), port.Name, NameRules.DnsLabel(port.Name!));
            if (!names.Add(port.Name ?? "")) errors.Add(FieldError.Duplicate(at.Child("name"), port.Name));
            Port(errors, at, port.Port, port.Protocol, port.AppProtocol);
        }
    }

    private static void Port(List<FieldError> errors, FieldPath path, int? number, string? protocol, string? application)
    {
        if (number is { } port) foreach (var problem in NameRules.PortNumber(port)) errors.Add(FieldError.Invalid(path.Child("port"), port, problem));
        if (protocol.IsBlank()) errors.Add(FieldError.Required(path.Child("protocol")));
        else Checks.OneOf(errors, path.Child("protocol"), protocol, "SCTP", "TCP", "UDP");
        if (application is not null) Checks.All(errors, path.Child("appProtocol"), application, NameRules.QualifiedName(application));
    }

    private static void Addresses(List<FieldError> errors, FieldPath path, ValueList<EndpointAddress> addresses)
    {
        for (var i = 0; i < addresses.Count; i++)
        {
            var (at, address) = (path.Index(i), addresses[i]);
            Checks.All(errors, at.Child("ip"), address.Ip, NameRules.IpAddress(address.Ip ?? ""));
            if (!address.Hostname.IsBlank()) Checks.All(errors, at.Child("hostname"), address.Hostname, NameRules.DnsLabel(address.Hostname!));
            if (address.NodeName is { } node) Checks.All(errors, at.Child("nodeName"), node, NameRules.DnsSubdomain(node));
            Checks.All(errors, at.Child("ip"), address.Ip, NameRules.NonSpecialIp(address.Ip ?? ""));
        }
    }
}
