using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/core/validation/validation.go ValidateService.</summary>
internal static class ServiceValidation
{
    private const int DaySeconds = 86400;
    private const string Hints = "service.kubernetes.io/topology-aware-hints";
    private const string Mode = "service.kubernetes.io/topology-mode";
    private const string RangesAnnotation = "service.beta.kubernetes.io/load-balancer-source-ranges";
    private const string OnceSet = "may not change once set";
    private static readonly FieldPath Path = FieldPath.Of("spec");

    public static void Validate(List<FieldError> errors, Service value)
    {
        var spec = value.Spec;
        if (value.Metadata.Annotations.TryGetValue(Mode, out var mode) && value.Metadata.Annotations.TryGetValue(Hints, out var hints) && mode != hints)
            errors.Add(FieldError.Invalid(FieldPath.Of("metadata", "annotations").Key(Mode), mode, $"must match annotations[{Hints}] when both are specified"));
        var headless = IsHeadless(spec) || (spec.ClusterIPs.IsEmpty && spec.ClusterIP == "None");
        if (spec.Ports.IsEmpty && !headless && spec.Type != "ExternalName") errors.Add(FieldError.Required(Path.Child("ports")));
        if (headless && spec.Type is "LoadBalancer" or "NodePort")
            errors.Add(FieldError.Invalid(Path.Child("clusterIPs").Index(0), "None", $"may not be set to 'None' for {spec.Type} services"));
        if (spec.Type == "ExternalName") Alias(errors, spec);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < spec.Ports.Count; i++) Port(errors, Path.Child("ports").Index(i), spec.Ports[i], spec.Ports.Count > 1, names);
        errors.AddRange(ObjectMetaValidation.Labels(spec.Selector, Path.Child("selector")));
        Affinity(errors, spec);
        if (spec.Type != "ExternalName") Addresses(errors, spec, headless);
        for (var i = 0; i < spec.ExternalIPs.Count; i++)
        {
            var (at, address) = (Path.Child("externalIPs").Index(i), spec.ExternalIPs[i]);
            Checks.All(errors, at, address, NameRules.IpAddress(address) is { IsEmpty: false } problems ? problems : NameRules.NonSpecialIp(address));
        }

        if (spec.Type.IsBlank()) errors.Add(FieldError.Required(Path.Child("type")));
        else Checks.OneOf(errors, Path.Child("type"), spec.Type, "ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
        PortsTogether(errors, spec);
        LoadBalancer(errors, value, spec);
        Traffic(errors, spec);
    }

    public static void ValidateUpdate(List<FieldError> errors, Service value, Service old)
    {
        var (spec, before) = (value.Spec, old.Spec);
        if (spec.Type != "ExternalName" && before.Type != "ExternalName")
        {
            AddressChange(errors, spec, before);
            FamilyChange(errors, spec, before);
        }

        if (before.Type == "LoadBalancer" && spec.Type == "LoadBalancer" && spec.LoadBalancerClass != before.LoadBalancerClass)
            errors.Add(FieldError.Invalid(Path.Child("loadBalancerClass"), spec.LoadBalancerClass ?? "null", OnceSet));
        if (IsChecked(before) && IsChecked(spec) && (spec.HealthCheckNodePort ?? 0) != (before.HealthCheckNodePort ?? 0))
            errors.Add(FieldError.Forbidden(Path.Child("healthCheckNodePort"), Checks.Immutable));
    }

    /// <summary>Source: ValidateServiceStatusUpdate, ValidateLoadBalancerStatus.</summary>
    public static void ValidateStatus(List<FieldError> errors, Service value)
    {
        var (path, ingress) = (FieldPath.Of("status", "loadBalancer", "ingress"), value.Status.LoadBalancer.Ingress);
        if (value.Spec.Type != "LoadBalancer" && !ingress.IsEmpty)
        {
            errors.Add(FieldError.Forbidden(path, "may only be used when `spec.type` is 'LoadBalancer'"));
            return;
        }

        for (var i = 0; i < ingress.Count; i++)
        {
            var (at, entry) = (path.Index(i), ingress[i]);
            var numbered = !entry.Ip.IsBlank();
            if (numbered) Checks.All(errors, at.Child("ip"), entry.Ip, NameRules.IpAddress(entry.Ip!));
            if (entry.IpMode is null && numbered) errors.Add(FieldError.Required(at.Child("ipMode"), "must be specified when `ip` is set"));
            else if (entry.IpMode is not null && !numbered) errors.Add(FieldError.Forbidden(at.Child("ipMode"), "may not be specified when `ip` is not set"));
            else if (entry.IpMode is { } mode) Checks.OneOf(errors, at.Child("ipMode"), mode, "Proxy", "VIP");
            if (entry.Hostname.IsBlank()) continue;
            Checks.All(errors, at.Child("hostname"), entry.Hostname, NameRules.DnsSubdomain(entry.Hostname!));
            if (NameRules.TryIp(entry.Hostname!) is not null) errors.Add(FieldError.Invalid(at.Child("hostname"), entry.Hostname, "must be a DNS name, not an IP address"));
        }
    }

    private static bool IsHeadless(ServiceSpec spec) => spec.ClusterIPs is ["None"];

    // Source: validateUpgradeDowngradeClusterIPs. A second address may come and go; the first stays.
    private static void AddressChange(List<FieldError> errors, ServiceSpec spec, ServiceSpec before)
    {
        if (IsHeadless(spec) && IsHeadless(before)) return;
        var (now, old, path) = (spec.ClusterIPs, before.ClusterIPs, Path.Child("clusterIPs"));
        var printed = GoText.List(now);
        if (now.Count == old.Count)
        {
            for (var i = 0; i < now.Count; i++)
            {
                if (now[i] != old[i]) errors.Add(FieldError.InvalidGo(path.Index(i), printed, OnceSet));
            }

            return;
        }

        if (now.IsEmpty) errors.Add(FieldError.InvalidGo(path.Index(0), printed, "primary clusterIP can not be unset"));
        else if (!old.IsEmpty && now[0] != old[0]) errors.Add(FieldError.InvalidGo(path.Index(0), printed, OnceSet));
        if (old.Count > now.Count && now.Count == 1 && spec.IpFamilyPolicy != "SingleStack")
            errors.Add(FieldError.Invalid(Path.Child("ipFamilyPolicy"), spec.IpFamilyPolicy ?? "null", "must be set to 'SingleStack' when releasing the secondary clusterIP"));
    }

    // Source: validateUpgradeDowngradeIPFamilies. Where the lists differ in length it shows the addresses.
    private static void FamilyChange(List<FieldError> errors, ServiceSpec spec, ServiceSpec before)
    {
        if (IsHeadless(spec) || IsHeadless(before)) return;
        var (now, old, path) = (spec.IpFamilies, before.IpFamilies, Path.Child("ipFamilies").Index(0));
        var printed = GoText.List(now, "core.IPFamily");
        if (now.Count == old.Count)
        {
            for (var i = 0; i < now.Count; i++)
            {
                if (now[i] != old[i]) errors.Add(FieldError.InvalidGo(path, printed, OnceSet));
            }

            return;
        }

        if (old.Count > now.Count && spec.ClusterIPs.IsEmpty) errors.Add(FieldError.InvalidGo(path, printed, "primary ipFamily can not be unset"));
        if (!now.IsEmpty && !old.IsEmpty && now[0] != old[0]) errors.Add(FieldError.InvalidGo(path, GoText.List(spec.ClusterIPs), OnceSet));
        if (old.Count > now.Count && now.Count == 1 && spec.IpFamilyPolicy != "SingleStack")
            errors.Add(FieldError.Invalid(Path.Child("ipFamilyPolicy"), spec.IpFamilyPolicy ?? "null", "must be set to 'SingleStack' when releasing the secondary ipFamily"));
    }

    private static void Alias(List<FieldError> errors, ServiceSpec spec)
    {
        const string Why = "may not be set for ExternalName services";
        if (!spec.ClusterIPs.IsEmpty) errors.Add(FieldError.Forbidden(Path.Child("clusterIPs"), Why));
        if (!spec.IpFamilies.IsEmpty) errors.Add(FieldError.Forbidden(Path.Child("ipFamilies"), Why));
        if (spec.IpFamilyPolicy is not null) errors.Add(FieldError.Forbidden(Path.Child("ipFamilyPolicy"), Why));
        var name = spec.ExternalName ?? "";
        if (name.EndsWith('.')) name = name[..^1];
        if (name.Length == 0) errors.Add(FieldError.Required(Path.Child("externalName")));
        else Checks.All(errors, Path.Child("externalName"), name, NameRules.DnsSubdomain(name));
    }

    private static void Affinity(List<FieldError> errors, ServiceSpec spec)
    {
        if (spec.SessionAffinity.IsBlank()) errors.Add(FieldError.Required(Path.Child("sessionAffinity")));
        else Checks.OneOf(errors, Path.Child("sessionAffinity"), spec.SessionAffinity, "ClientIP", "None");
        var path = Path.Child("sessionAffinityConfig");
        if (spec.SessionAffinity == "None" && spec.SessionAffinityConfig is not null)
            errors.Add(FieldError.Forbidden(path, "must not be set when session affinity is None"));
        if (spec.SessionAffinity != "ClientIP") return;
        const string Needed = "when session affinity type is ClientIP";
        if (spec.SessionAffinityConfig is not { } config) errors.Add(FieldError.Required(path, Needed));
        else if (config.ClientIP is not { } client) errors.Add(FieldError.Required(path.Child("clientIP"), Needed));
        else if (client.TimeoutSeconds is not { } seconds) errors.Add(FieldError.Required(path.Child("clientIP").Child("timeoutSeconds"), Needed));
        else if (seconds is <= 0 or > DaySeconds) errors.Add(FieldError.Invalid(path.Child("clientIP").Child("timeoutSeconds"), seconds, "must be greater than 0 and less than 86400"));
    }

    private static void Addresses(List<FieldError> errors, ServiceSpec spec, bool headless)
    {
        var path = Path.Child("clusterIPs");
        if (spec.ClusterIP is { } address)
        {
            if (spec.ClusterIPs.IsEmpty) errors.Add(FieldError.Required(path));
            else if (spec.ClusterIPs[0] != address) errors.Add(FieldError.InvalidGo(path, GoText.List(spec.ClusterIPs), "first value must match `clusterIP`"));
        }
        else if (!spec.ClusterIPs.IsEmpty)
        {
            errors.Add(FieldError.InvalidGo(path, GoText.List(spec.ClusterIPs), "must be empty when `clusterIP` is not specified"));
        }

        for (var i = 0; i < spec.IpFamilies.Count; i++)
        {
            var at = Path.Child("ipFamilies").Index(i);
            Checks.OneOf(errors, at, spec.IpFamilies[i], "IPv4", "IPv6");
            if (spec.IpFamilies.Take(i).Contains(spec.IpFamilies[i])) errors.Add(FieldError.Duplicate(at, spec.IpFamilies[i]));
        }

        if (spec.IpFamilyPolicy is { } policy) Checks.OneOf(errors, Path.Child("ipFamilyPolicy"), policy, "PreferDualStack", "RequireDualStack", "SingleStack");
        var before = errors.Count;
        for (var i = 0; i < spec.ClusterIPs.Count; i++)
        {
            if (i > 0 || spec.ClusterIPs[0] != "None") Checks.All(errors, path.Index(i), spec.ClusterIPs[i], NameRules.IpAddress(spec.ClusterIPs[i]));
            else if (spec.ClusterIPs.Count > 1) errors.Add(FieldError.InvalidGo(path, GoText.List(spec.ClusterIPs), "'None' must be the first and only value"));
        }

        var isWellFormed = errors.Count == before;
        if (spec.ClusterIPs.Count > 2) errors.Add(FieldError.InvalidGo(path, GoText.List(spec.ClusterIPs), "may only hold up to 2 values"));
        if (!isWellFormed) return;
        if (spec.ClusterIPs.Count > 1 && spec.ClusterIPs.Select(IsWide).Distinct().Count() < 2)
            errors.Add(FieldError.InvalidGo(path, GoText.List(spec.ClusterIPs), "may specify no more than one IP for each IP family"));
        for (var i = 0; i < Math.Min(spec.ClusterIPs.Count, spec.IpFamilies.Count) && !headless; i++)
        {
            var family = spec.IpFamilies[i];
            if (family is "IPv4" or "IPv6" && family == "IPv6" != IsWide(spec.ClusterIPs[i]))
                errors.Add(FieldError.Invalid(path.Index(i), spec.ClusterIPs[i], $"expected an {family} value as indicated by `ipFamilies[{i}]`"));
        }
    }

    private static bool IsWide(string address) => address.Contains(':', StringComparison.Ordinal);

    private static void PortsTogether(List<FieldError> errors, ServiceSpec spec)
    {
        for (var i = 0; i < spec.Ports.Count && spec.Type == "ClusterIP"; i++)
        {
            if ((spec.Ports[i].NodePort ?? 0) != 0) errors.Add(FieldError.Forbidden(Path.Child("ports").Index(i).Child("nodePort"), "may not be used when `type` is 'ClusterIP'"));
        }

        var (onNodes, inCluster) = (new HashSet<(string?, int)>(), new HashSet<(string?, int)>());
        for (var i = 0; i < spec.Ports.Count; i++)
        {
            if (spec.Ports[i].NodePort is > 0 and var number && !onNodes.Add((spec.Ports[i].Protocol, number)))
                errors.Add(FieldError.InvalidGo(Path.Child("ports").Index(i).Child("nodePort"), $"{number}", "") with { Type = FieldErrorType.Duplicate });
        }

        for (var i = 0; i < spec.Ports.Count; i++)
        {
            var port = spec.Ports[i];
            if (inCluster.Add((port.Protocol, port.Port ?? 0))) continue;
            errors.Add(FieldError.InvalidGo(
                Path.Child("ports").Index(i),
                $"core.ServicePort{{Name:\"\", Protocol:{GoText.Quote(port.Protocol ?? "")}, AppProtocol:(*string)(nil), Port:{port.Port ?? 0}, TargetPort:intstr.IntOrString{{Type:0, IntVal:0, StrVal:\"\"}}, NodePort:0}}",
                "") with { Type = FieldErrorType.Duplicate });
        }
    }

    private static void LoadBalancer(List<FieldError> errors, Service value, ServiceSpec spec)
    {
        const string Why = "may only be used when `type` is 'LoadBalancer'";
        var ranges = Path.Child("LoadBalancerSourceRanges");
        if (!spec.LoadBalancerSourceRanges.IsEmpty && spec.Type != "LoadBalancer") errors.Add(FieldError.Forbidden(ranges, Why));
        for (var i = 0; i < spec.LoadBalancerSourceRanges.Count; i++)
        {
            var range = spec.LoadBalancerSourceRanges[i].Trim();
            Checks.All(errors, ranges.Index(i), range, NameRules.Cidr(range));
        }

        if (spec.LoadBalancerSourceRanges.IsEmpty && value.Metadata.Annotations.TryGetValue(RangesAnnotation, out var text))
        {
            ranges = FieldPath.Of("metadata", "annotations").Key(RangesAnnotation);
            if (spec.Type != "LoadBalancer") errors.Add(FieldError.Forbidden(ranges, Why));
            foreach (var range in text.Split(',', StringSplitOptions.TrimEntries).Where(_ => !string.IsNullOrWhiteSpace(text))) Checks.All(errors, ranges, range, NameRules.Cidr(range));
        }

        if (spec.AllocateLoadBalancerNodePorts is null && spec.Type == "LoadBalancer") errors.Add(FieldError.Required(FieldPath.Of("allocateLoadBalancerNodePorts")));
        if (spec.AllocateLoadBalancerNodePorts is not null && spec.Type != "LoadBalancer") errors.Add(FieldError.Forbidden(Path.Child("allocateLoadBalancerNodePorts"), Why));
        if (spec.LoadBalancerClass is not { } name) return;
        if (spec.Type != "LoadBalancer") errors.Add(FieldError.Forbidden(Path.Child("loadBalancerClass"), Why));
        else Checks.All(errors, Path.Child("loadBalancerClass"), name, NameRules.QualifiedName(name));
    }

    private static void Traffic(List<FieldError> errors, ServiceSpec spec)
    {
        var path = Path.Child("externalTrafficPolicy");
        if (spec.Type is "LoadBalancer" or "NodePort" || (spec.Type == "ClusterIP" && !spec.ExternalIPs.IsEmpty))
        {
            if (spec.ExternalTrafficPolicy.IsBlank()) errors.Add(FieldError.Required(path));
            else Checks.OneOf(errors, path, spec.ExternalTrafficPolicy, "Cluster", "Local");
        }
        else if (!spec.ExternalTrafficPolicy.IsBlank())
        {
            errors.Add(FieldError.Invalid(path, spec.ExternalTrafficPolicy, "may only be set for externally-accessible services"));
        }

        path = Path.Child("healthCheckNodePort");
        if (IsChecked(spec))
        {
            if (spec.HealthCheckNodePort is not ({ } port and not 0)) errors.Add(FieldError.Required(path));
            else foreach (var problem in NameRules.PortNumber(port)) errors.Add(FieldError.Invalid(path, port, problem));
        }
        else if (spec.HealthCheckNodePort is { } port and not 0)
        {
            errors.Add(FieldError.Invalid(path, port, "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'"));
        }

        if (spec.InternalTrafficPolicy is { } policy) Checks.OneOf(errors, Path.Child("internalTrafficPolicy"), policy, "Cluster", "Local");
        else if (spec.Type is "NodePort" or "LoadBalancer" or "ClusterIP") errors.Add(FieldError.Required(Path.Child("internalTrafficPolicy")));
        if (spec.TrafficDistribution is { } distribution) Checks.OneOf(errors, Path.Child("trafficDistribution"), distribution, "PreferClose");
    }

    private static bool IsChecked(ServiceSpec spec) => spec is { Type: "LoadBalancer", ExternalTrafficPolicy: "Local" };

    private static void Port(List<FieldError> errors, FieldPath path, ServicePort port, bool named, HashSet<string> names)
    {
        if (port.Name.IsBlank())
        {
            if (named) errors.Add(FieldError.Required(path.Child("name")));
        }
        else
        {
            Checks.All(errors, path.Child("name"), port.Name, NameRules.DnsLabel(port.Name!));
            if (!names.Add(port.Name!)) errors.Add(FieldError.Duplicate(path.Child("name"), port.Name));
        }

        foreach (var problem in NameRules.PortNumber(port.Port ?? 0)) errors.Add(FieldError.Invalid(path.Child("port"), port.Port ?? 0, problem));
        if (port.Protocol.IsBlank()) errors.Add(FieldError.Required(path.Child("protocol")));
        else Checks.OneOf(errors, path.Child("protocol"), port.Protocol, "SCTP", "TCP", "UDP");
        ProbeValidation.Port(errors, path.Child("targetPort"), port.TargetPort ?? 0);
        if (port.AppProtocol is { } protocol) Checks.All(errors, path.Child("appProtocol"), protocol, NameRules.QualifiedName(protocol));
    }
}
