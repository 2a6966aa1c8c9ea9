using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Discovery.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/core/validation/validation.go ValidateEndpoints.</summary>
internal static class EndpointsValidation
{
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
                if (port.Name.IsBlank())
                {
                    if (subset.Ports.Count > 1) errors.Add(FieldError.Required(at.Child("name")));
                }
                else
                {
                    Checks.All(errors, at.Child("name"), port.Name, NameRules.DnsLabel(port.Name!));
                }

                foreach (var problem in NameRules.PortNumber(port.Port ?? 0)) errors.Add(FieldError.Invalid(at.Child("port"), port.Port ?? 0, problem));
                if (port.Protocol.IsBlank()) errors.Add(FieldError.Required(at.Child("protocol")));
                else Checks.OneOf(errors, at.Child("protocol"), port.Protocol, "SCTP", "TCP", "UDP");
            }
        }
    }

    /// <summary>Source: pkg/apis/discovery/validation/validation.go.</summary>
    public static void Validate(List<FieldError> errors, EndpointSlice value)
    {
        if (value.AddressType.IsBlank()) errors.Add(FieldError.Required(FieldPath.Of("addressType")));
        else Checks.OneOf(errors, FieldPath.Of("addressType"), value.AddressType, "FQDN", "IPv4", "IPv6");
        for (var i = 0; i < value.Endpoints.Count; i++)
        {
            var path = FieldPath.Of("endpoints").Index(i).Child("addresses");
            var addresses = value.Endpoints[i].Addresses;
            if (addresses.IsEmpty) errors.Add(FieldError.Required(path, "must contain at least 1 address"));
            for (var a = 0; a < addresses.Count; a++)
            {
                var problems = value.AddressType == "FQDN" ? NameRules.DnsSubdomain(addresses[a]) : NameRules.IpAddress(addresses[a]);
                if (problems.IsEmpty && value.AddressType is "IPv4" or "IPv6" && addresses[a].Contains(':', StringComparison.Ordinal) != (value.AddressType == "IPv6"))
                    problems = [$"must be an {value.AddressType} address"];
                Checks.All(errors, path.Index(a), addresses[a], problems);
                if (problems.IsEmpty && value.AddressType != "FQDN") Checks.NonSpecialAddress(errors, path.Index(a), addresses[a]);
            }

            if (value.Endpoints[i].Hostname is { } hostname)
                Checks.All(errors, FieldPath.Of("endpoints").Index(i).Child("hostname"), hostname, NameRules.DnsLabel(hostname));
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < value.Ports.Count; i++)
        {
            var (path, port) = (FieldPath.Of("ports").Index(i), value.Ports[i]);
            if (!port.Name.IsBlank()) Checks.All(errors, path.Child("name"), port.Name, NameRules.DnsLabel(port.Name!));
            if (!names.Add(port.Name ?? "")) errors.Add(FieldError.Duplicate(path.Child("name"), port.Name));
            Checks.OneOf(errors, path.Child("protocol"), port.Protocol, "SCTP", "TCP", "UDP");
            if (port.AppProtocol is { } protocol) Checks.All(errors, path.Child("appProtocol"), protocol, NameRules.QualifiedName(protocol));
        }
    }

    public static void ValidateUpdate(List<FieldError> errors, EndpointSlice value, EndpointSlice old)
    {
        if (value.AddressType != old.AddressType) errors.Add(FieldError.Invalid(FieldPath.Of("addressType"), value.AddressType, Checks.Immutable));
    }

    private static void Addresses(List<FieldError> errors, FieldPath path, ValueList<EndpointAddress> addresses)
    {
        for (var i = 0; i < addresses.Count; i++)
        {
            var (at, address) = (path.Index(i), addresses[i]);
            Checks.NonSpecialAddress(errors, at.Child("ip"), address.Ip);
            if (!address.Hostname.IsBlank()) Checks.All(errors, at.Child("hostname"), address.Hostname, NameRules.DnsLabel(address.Hostname!));
            if (address.NodeName is { } node) Checks.All(errors, at.Child("nodeName"), node, NameRules.DnsSubdomain(node));
        }
    }
}
