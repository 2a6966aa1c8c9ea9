using ActorPlane.Api.Core.V1;

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

    private static void Addresses(List<FieldError> errors, FieldPath path, ValueList<EndpointAddress> addresses)
    {
        for (var i = 0; i < addresses.Count; i++)
        {
            var (at, address) = (path.Index(i), addresses[i]);
            Checks.All(errors, at.Child("ip"), address.Ip, NameRules.IpAddress(address.Ip ?? ""));
            if (!address.Hostname.IsBlank()) Checks.All(errors, at.Child("hostname"), address.Hostname, NameRules.DnsLabel(address.Hostname!));
            if (address.NodeName is { } node) Checks.All(errors, at.Child("nodeName"), node, NameRules.DnsSubdomain(node));
        }
    }
}
