using ActorPlane.Api.Networking.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/networking/validation/validation.go ValidateNetworkPolicySpec.</summary>
internal static class NetworkPolicyValidation
{
    private static readonly FieldPath Path = FieldPath.Of("spec");

    public static void Validate(List<FieldError> errors, NetworkPolicy value)
    {
        var spec = value.Spec;
        Checks.Selector(errors, Path.Child("podSelector"), spec.PodSelector);
        for (var i = 0; i < spec.Ingress.Count; i++) Rule(errors, Path.Child("ingress").Index(i), spec.Ingress[i].Ports, "from", spec.Ingress[i].From);
        for (var i = 0; i < spec.Egress.Count; i++) Rule(errors, Path.Child("egress").Index(i), spec.Egress[i].Ports, "to", spec.Egress[i].To);
        if (spec.PolicyTypes.Count > 2)
        {
            errors.Add(FieldError.InvalidGo(Path.Child("policyTypes"), GoText.List(spec.PolicyTypes, "networking.PolicyType"), "may not specify more than two policyTypes"));
            return;
        }

        for (var i = 0; i < spec.PolicyTypes.Count; i++) Checks.OneOf(errors, Path.Child("policyTypes").Index(i), spec.PolicyTypes[i], "Ingress", "Egress");
    }

    private static void Rule(List<FieldError> errors, FieldPath path, ValueList<NetworkPolicyPort> ports, string side, ValueList<NetworkPolicyPeer> peers)
    {
        for (var i = 0; i < ports.Count; i++) Port(errors, path.Child("ports").Index(i), ports[i]);
        for (var i = 0; i < peers.Count; i++)
        {
            var (at, peer) = (path.Child(side).Index(i), peers[i]);
            Checks.Selector(errors, at.Child("podSelector"), peer.PodSelector);
            Checks.Selector(errors, at.Child("namespaceSelector"), peer.NamespaceSelector);
            if (peer.IpBlock is { } block) Block(errors, at.Child("ipBlock"), block);
            if (peer is { PodSelector: null, NamespaceSelector: null, IpBlock: null }) errors.Add(FieldError.Required(at, "must specify a peer"));
            else if (peer.IpBlock is not null && (peer.PodSelector ?? peer.NamespaceSelector) is not null) errors.Add(FieldError.Forbidden(at, "may not specify both ipBlock and another peer"));
        }
    }

    private static void Port(List<FieldError> errors, FieldPath path, NetworkPolicyPort port)
    {
        if (port.Protocol is { } protocol) Checks.OneOf(errors, path.Child("protocol"), protocol, "TCP", "UDP", "SCTP");
        var (at, end) = (path.Child("endPort"), port.EndPort);
        if (port.Port is not { } from)
        {
            if (end is not null) errors.Add(FieldError.Invalid(at, end.Value, "may not be specified when `port` is not specified"));
        }
        else if (from.IsString)
        {
            if (end is not null) errors.Add(FieldError.Invalid(at, end.Value, "may not be specified when `port` is non-numeric"));
            ProbeValidation.Port(errors, path.Child("port"), from);
        }
        else
        {
            ProbeValidation.Port(errors, path.Child("port"), from);
            if (end is not { } last) return;
            if (last < from.IntValue) errors.Add(FieldError.Invalid(at, last, "must be greater than or equal to `port`"));
            foreach (var problem in NameRules.PortNumber(last)) errors.Add(FieldError.Invalid(at, last, problem));
        }
    }

    private static void Block(List<FieldError> errors, FieldPath path, IPBlock block)
    {
        if (block.Cidr.IsBlank())
        {
            errors.Add(FieldError.Required(path.Child("cidr")));
            return;
        }

        Checks.All(errors, path.Child("cidr"), block.Cidr, NameRules.Cidr(block.Cidr!));
        if (NameRules.TryCidr(block.Cidr!) is not { } outer) return;
        for (var i = 0; i < block.Except.Count; i++)
        {
            var (at, except) = (path.Child("except").Index(i), block.Except[i]);
            Checks.All(errors, at, except, NameRules.Cidr(except));
            if (NameRules.TryCidr(except) is not { } inner) return;
            if (inner.Length <= outer.Length || !NameRules.HasPrefix(inner.Address, outer)) errors.Add(FieldError.Invalid(at, except, "must be a strict subset of `cidr`"));
        }
    }
}
