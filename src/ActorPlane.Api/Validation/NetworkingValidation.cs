using System.Net;
using ActorPlane.Api.Networking.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/networking/validation/validation.go.</summary>
internal static class NetworkingValidation
{
    private static readonly FieldPath Path = FieldPath.Of("spec");

    public static void Validate(List<FieldError> errors, Ingress value)
    {
        var spec = value.Spec;
        if (spec.Rules.IsEmpty && spec.DefaultBackend is null) errors.Add(FieldError.InvalidGo(Path, "[]networking.IngressRule(nil)", "either `defaultBackend` or `rules` must be specified"));
        for (var t = 0; t < spec.Tls.Count; t++)
        {
            for (var h = 0; h < spec.Tls[t].Hosts.Count; h++)
            {
                var host = spec.Tls[t].Hosts[h];
                Checks.All(errors, Path.Child("tls").Index(t).Child("hosts").Index(h), host, NameRules.DnsSubdomain(host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host));
            }
        }

        if (spec.IngressClassName is { } className) Checks.All(errors, Path.Child("ingressClassName"), className, NameRules.DnsSubdomain(className));
        if (spec.DefaultBackend is { } backend) Backend(errors, Path.Child("defaultBackend"), backend);
        for (var r = 0; r < spec.Rules.Count; r++)
        {
            var at = Path.Child("rules").Index(r);
            var rule = spec.Rules[r];
            if (!rule.Host.IsBlank())
            {
                var host = rule.Host!.StartsWith("*.", StringComparison.Ordinal) ? rule.Host[2..] : rule.Host;
                if (NameRules.IpAddress(host).IsEmpty) errors.Add(FieldError.Invalid(at.Child("host"), rule.Host, "must be a DNS name, not an IP address"));
                Checks.All(errors, at.Child("host"), rule.Host, NameRules.DnsSubdomain(host));
            }

            if (rule.Http is null) continue;
            if (rule.Http.Paths.IsEmpty) errors.Add(FieldError.Required(at.Child("http").Child("paths")));
            for (var p = 0; p < rule.Http.Paths.Count; p++)
            {
                var place = at.Child("http").Child("paths").Index(p);
                var path = rule.Http.Paths[p];
                if (path.PathType.IsBlank()) errors.Add(FieldError.Required(place.Child("pathType"), "pathType must be specified"));
                else Checks.OneOf(errors, place.Child("pathType"), path.PathType, "Exact", "ImplementationSpecific", "Prefix");
                HttpPath(errors, place.Child("path"), path);
                Backend(errors, place.Child("backend"), path.Backend);
            }
        }
    }

    private static void HttpPath(List<FieldError> errors, FieldPath at, HTTPIngressPath path)
    {
        var text = path.Path ?? "";
        if (path.PathType is not ("Exact" or "Prefix"))
        {
            if (text.Length > 0 && text[0] != '/') errors.Add(FieldError.Invalid(at, text, "must be an absolute path"));
            return;
        }

        if (!text.StartsWith('/')) errors.Add(FieldError.Invalid(at, text, "must be an absolute path"));
        foreach (var part in (ReadOnlySpan<string>)["//", "/./", "/../", "%2f", "%2F"])
        {
            if (text.Contains(part, StringComparison.Ordinal)) errors.Add(FieldError.Invalid(at, text, $"must not contain '{part}'"));
        }

        foreach (var end in (ReadOnlySpan<string>)["/..", "/."])
        {
            if (text.EndsWith(end, StringComparison.Ordinal)) errors.Add(FieldError.Invalid(at, text, $"cannot end with '{end}'"));
        }
    }

    public static void Validate(List<FieldError> errors, NetworkPolicy value)
    {
        var spec = value.Spec;
        Checks.Selector(errors, Path.Child("podSelector"), spec.PodSelector);
        for (var i = 0; i < spec.Ingress.Count; i++) Rule(errors, Path.Child("ingress").Index(i), spec.Ingress[i].Ports, "from", spec.Ingress[i].From);
        for (var i = 0; i < spec.Egress.Count; i++) Rule(errors, Path.Child("egress").Index(i), spec.Egress[i].Ports, "to", spec.Egress[i].To);
        if (spec.PolicyTypes.Count > 2) errors.Add(FieldError.InvalidGo(Path.Child("policyTypes"), GoText.List(spec.PolicyTypes), "may not specify more than two policyTypes"));
        for (var i = 0; i < spec.PolicyTypes.Count; i++) Checks.OneOf(errors, Path.Child("policyTypes").Index(i), spec.PolicyTypes[i], "Egress", "Ingress");
    }

    private static void Rule(List<FieldError> errors, FieldPath path, ValueList<NetworkPolicyPort> ports, string side, ValueList<NetworkPolicyPeer> peers)
    {
        for (var i = 0; i < ports.Count; i++)
        {
            var (at, port) = (path.Child("ports").Index(i), ports[i]);
            if (port.Protocol is { } protocol) Checks.OneOf(errors, at.Child("protocol"), protocol, "SCTP", "TCP", "UDP");
            if (port.Port is { } number) ContainerValidation.Port(errors, at.Child("port"), number);
            if (port.EndPort is not { } end) continue;
            if (port.Port is not { } first) errors.Add(FieldError.Invalid(at.Child("endPort"), end, "may not be specified when `port` is not specified"));
            else if (first.IsString) errors.Add(FieldError.Invalid(at.Child("endPort"), end, "may not be specified when `port` is non-numeric"));
            else if (end < first.IntValue) errors.Add(FieldError.Invalid(at.Child("endPort"), first.IntValue, "must be greater than or equal to `port`"));
        }

        for (var i = 0; i < peers.Count; i++)
        {
            var (at, peer) = (path.Child(side).Index(i), peers[i]);
            if (peer is { PodSelector: null, NamespaceSelector: null, IpBlock: null }) errors.Add(FieldError.Required(at, "must specify a peer"));
            if (peer.IpBlock is not null && (peer.PodSelector ?? peer.NamespaceSelector) is not null) errors.Add(FieldError.Forbidden(at, "may not specify both ipBlock and another peer"));
            Checks.Selector(errors, at.Child("podSelector"), peer.PodSelector);
            Checks.Selector(errors, at.Child("namespaceSelector"), peer.NamespaceSelector);
            if (peer.IpBlock is not { } block) continue;
            if (block.Cidr.IsBlank()) errors.Add(FieldError.Required(at.Child("ipBlock").Child("cidr")));
            else Checks.All(errors, at.Child("ipBlock").Child("cidr"), block.Cidr, NameRules.Cidr(block.Cidr!));
            for (var e = 0; e < block.Except.Count; e++)
            {
                var except = at.Child("ipBlock").Child("except").Index(e);
                if (NameRules.Cidr(block.Except[e]) is { IsEmpty: false } problems) Checks.All(errors, except, block.Except[e], problems);
                else if (IPNetwork.TryParse(block.Cidr, out var whole) && IPNetwork.Parse(block.Except[e]) is var part && (part.PrefixLength <= whole.PrefixLength || !whole.Contains(part.BaseAddress)))
                    errors.Add(FieldError.Invalid(except, block.Except[e], "must be a strict subset of `cidr`"));
            }
        }
    }

    private static void Backend(List<FieldError> errors, FieldPath path, IngressBackend backend)
    {
        if (backend is { Resource: not null, Service: not null })
        {
            errors.Add(FieldError.Invalid(path, "", "cannot set both resource and service backends"));
        }
        else if (backend.Service is { } service)
        {
            if (service.Name.IsBlank()) errors.Add(FieldError.Required(path.Child("service").Child("name")));
            else Checks.All(errors, path.Child("service").Child("name"), service.Name, NameRules.Dns1035Label(service.Name!));
            var named = !service.Port.Name.IsBlank();
            var numbered = (service.Port.Number ?? 0) != 0;
            if (named && numbered) errors.Add(FieldError.Invalid(path, "", "cannot set both port name & port number"));
            else if (named) Checks.All(errors, path.Child("service").Child("port").Child("name"), service.Port.Name, NameRules.PortName(service.Port.Name!));
            else if (numbered) foreach (var problem in NameRules.PortNumber(service.Port.Number!.Value)) errors.Add(FieldError.Invalid(path.Child("service").Child("port").Child("number"), service.Port.Number.Value, problem));
            else errors.Add(FieldError.Required(path, "port name or number is required"));
        }
        else if (backend.Resource is null)
        {
            errors.Add(FieldError.Invalid(path, "", "resource or service backend is required"));
        }
    }
}
