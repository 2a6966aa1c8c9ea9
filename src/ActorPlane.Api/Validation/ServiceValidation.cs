using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/core/validation/validation.go ValidateService.</summary>
internal static class ServiceValidation
{
    private const int DaySeconds = 86400;
    private static readonly FieldPath Path = FieldPath.Of("spec");

    public static void Validate(List<FieldError> errors, Service value)
    {
        var spec = value.Spec;
        var headless = spec.ClusterIPs is ["None"] || (spec.ClusterIPs.IsEmpty && spec.ClusterIP == "None");
        if (spec.Ports.IsEmpty && !headless && spec.Type != "ExternalName") errors.Add(FieldError.Required(Path.Child("ports")));
        if (headless && spec.Type is "LoadBalancer" or "NodePort")
            errors.Add(FieldError.Invalid(Path.Child("clusterIPs").Index(0), "None", $"may not be set to 'None' for {spec.Type} services"));
        if (spec.Type == "ExternalName") Alias(errors, spec);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < spec.Ports.Count; i++) Port(errors, Path.Child("ports").Index(i), spec.Ports[i], spec.Ports.Count > 1, names);
        errors.AddRange(ObjectMetaValidation.Labels(spec.Selector, Path.Child("selector")));
        Affinity(errors, spec);
        if (spec.Type != "ExternalName") Addresses(errors, spec, headless);
        for (var i = 0; i < spec.ExternalIPs.Count; i++) Checks.NonSpecialAddress(errors, Path.Child("externalIPs").Index(i), spec.ExternalIPs[i]);
        if (spec.Type.IsBlank()) errors.Add(FieldError.Required(Path.Child("type")));
        else Checks.OneOf(errors, Path.Child("type"), spec.Type, "ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
        PortsTogether(errors, spec);
        LoadBalancer(errors, spec);
        Traffic(errors, spec);
    }

    public static void ValidateUpdate(List<FieldError> errors, Service value, Service old)
    {
        // Addresses and families stay, unless the service stops or starts to have such.
        var (spec, before) = (value.Spec, old.Spec);
        if (spec.Type == "ExternalName" || before.Type == "ExternalName" || before.ClusterIPs.IsEmpty) return;
        if (spec.ClusterIPs.IsEmpty)
            errors.Add(FieldError.InvalidGo(Path.Child("clusterIPs").Index(0), GoText.List(spec.ClusterIPs), "primary clusterIP can not be unset"));
        for (var i = 0; i < before.ClusterIPs.Count && i < spec.ClusterIPs.Count; i++)
        {
            if (spec.ClusterIPs[i] != before.ClusterIPs[i])
                errors.Add(FieldError.InvalidGo(Path.Child("clusterIPs").Index(i), GoText.List(spec.ClusterIPs), "may not change once set"));
        }

        for (var i = 0; i < before.IpFamilies.Count && i < spec.IpFamilies.Count; i++)
        {
            if (spec.IpFamilies[i] != before.IpFamilies[i])
                errors.Add(FieldError.InvalidGo(Path.Child("ipFamilies").Index(i), GoText.List(spec.IpFamilies).Replace("[]string", "[]core.IPFamily", StringComparison.Ordinal), "may not change once set"));
        }

        if (before.Type == "LoadBalancer" && spec.Type == "LoadBalancer" && spec.LoadBalancerClass != before.LoadBalancerClass)
            errors.Add(FieldError.Invalid(Path.Child("loadBalancerClass"), spec.LoadBalancerClass, "may not change once set"));
        if (IsChecked(before) && IsChecked(spec) && spec.HealthCheckNodePort != before.HealthCheckNodePort)
            errors.Add(FieldError.Forbidden(Path.Child("healthCheckNodePort"), Checks.Immutable));
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
        if (spec.SessionAffinity == "ClientIP" && spec.SessionAffinityConfig?.ClientIP?.TimeoutSeconds is { } seconds and (<= 0 or > DaySeconds))
            errors.Add(FieldError.Invalid(path.Child("clientIP").Child("timeoutSeconds"), seconds, "must be greater than 0 and less than 86400"));
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
        if (headless) return;
        for (var i = 0; i < spec.ClusterIPs.Count; i++) Checks.All(errors, path.Index(i), spec.ClusterIPs[i], NameRules.IpAddress(spec.ClusterIPs[i]));
        if (spec.ClusterIPs.Count > 2) errors.Add(FieldError.InvalidGo(path, GoText.List(spec.ClusterIPs), "may only hold up to 2 values"));
        else if (spec.ClusterIPs is [var one, var other] && one.Contains(':', StringComparison.Ordinal) == other.Contains(':', StringComparison.Ordinal))
            errors.Add(FieldError.InvalidGo(path, GoText.List(spec.ClusterIPs), "may specify no more than one IP for each IP family"));
    }

    private static void PortsTogether(List<FieldError> errors, ServiceSpec spec)
    {
        for (var i = 0; i < spec.Ports.Count && spec.Type == "ClusterIP"; i++)
        {
            if (spec.Ports[i].NodePort is > 0) errors.Add(FieldError.Forbidden(Path.Child("ports").Index(i).Child("nodePort"), "may not be used when `type` is 'ClusterIP'"));
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

    private static void LoadBalancer(List<FieldError> errors, ServiceSpec spec)
    {
        const string Why = "may only be used when `type` is 'LoadBalancer'";
        var ranges = Path.Child("LoadBalancerSourceRanges");
        if (!spec.LoadBalancerSourceRanges.IsEmpty && spec.Type != "LoadBalancer") errors.Add(FieldError.Forbidden(ranges, Why));
        for (var i = 0; i < spec.LoadBalancerSourceRanges.Count; i++)
        {
            var range = spec.LoadBalancerSourceRanges[i].Trim();
            Checks.All(errors, ranges.Index(i), range, NameRules.Cidr(range));
        }

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
            if (spec.HealthCheckNodePort is not { } port) errors.Add(FieldError.Required(path));
            else foreach (var problem in NameRules.PortNumber(port)) errors.Add(FieldError.Invalid(path, port, problem));
        }
        else if (spec.HealthCheckNodePort is { } port)
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
        ContainerValidation.Port(errors, path.Child("targetPort"), port.TargetPort ?? 0);
        if (port.AppProtocol is { } protocol) Checks.All(errors, path.Child("appProtocol"), protocol, NameRules.QualifiedName(protocol));
    }
}
