using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/core/validation/validation.go ValidateService.</summary>
internal static class ServiceValidation
{
    private static readonly FieldPath Path = FieldPath.Of("spec");

    public static void Validate(List<FieldError> errors, Service value)
    {
        var spec = value.Spec;
        var headless = spec.ClusterIP == "None";
        if (spec.Ports.IsEmpty && !headless && spec.Type != "ExternalName") errors.Add(FieldError.Required(Path.Child("ports")));
        switch (spec.Type)
        {
            case "LoadBalancer" when headless:
                errors.Add(FieldError.Invalid(Path.Child("clusterIPs").Index(0), spec.ClusterIP, "may not be set to 'None' for LoadBalancer services"));
                break;
            case "NodePort" when headless:
                errors.Add(FieldError.Invalid(Path.Child("clusterIPs").Index(0), spec.ClusterIP, "may not be set to 'None' for NodePort services"));
                break;
            case "ExternalName":
                if (!spec.ClusterIPs.IsEmpty) errors.Add(FieldError.Forbidden(Path.Child("clusterIPs"), "may not be set for ExternalName services"));
                if (spec.ExternalName.IsBlank()) errors.Add(FieldError.Required(Path.Child("externalName")));
                else Checks.All(errors, Path.Child("externalName"), spec.ExternalName, NameRules.DnsSubdomain(spec.ExternalName!.TrimEnd('.')));
                break;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        var pairs = new HashSet<(string?, int)>();
        for (var i = 0; i < spec.Ports.Count; i++) Port(errors, Path.Child("ports").Index(i), spec.Ports[i], spec.Ports.Count > 1, names);
        for (var i = 0; i < spec.Ports.Count; i++)
        {
            if (!pairs.Add((spec.Ports[i].Protocol, spec.Ports[i].Port ?? 0)))
            {
                errors.Add(FieldError.InvalidGo(
                    Path.Child("ports").Index(i), spec.Ports[i].ToString(), "") with { Type = FieldErrorType.Duplicate });
            }
        }

        errors.AddRange(ObjectMetaValidation.Labels(spec.Selector, Path.Child("selector")));
        if (spec.SessionAffinity.IsBlank()) errors.Add(FieldError.Required(Path.Child("sessionAffinity")));
        else Checks.OneOf(errors, Path.Child("sessionAffinity"), spec.SessionAffinity, "ClientIP", "None");
        if (spec.Type.IsBlank()) errors.Add(FieldError.Required(Path.Child("type")));
        else Checks.OneOf(errors, Path.Child("type"), spec.Type, "ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
        if (!spec.ClusterIP.IsBlank() && !headless) Checks.All(errors, Path.Child("clusterIPs").Index(0), spec.ClusterIP, NameRules.IpAddress(spec.ClusterIP!));
        for (var i = 0; i < spec.ExternalIPs.Count; i++) Checks.All(errors, Path.Child("externalIPs").Index(i), spec.ExternalIPs[i], NameRules.IpAddress(spec.ExternalIPs[i]));
        if (!spec.ExternalTrafficPolicy.IsBlank()) Checks.OneOf(errors, Path.Child("externalTrafficPolicy"), spec.ExternalTrafficPolicy, "Cluster", "Local");
        if (spec.InternalTrafficPolicy is { } policy) Checks.OneOf(errors, Path.Child("internalTrafficPolicy"), policy, "Cluster", "Local");
        if (spec.TrafficDistribution is { } distribution) Checks.OneOf(errors, Path.Child("trafficDistribution"), distribution, "PreferClose");
    }

    public static void ValidateUpdate(List<FieldError> errors, Service value, Service old)
    {
        // A cluster IP stays, unless the service stops or starts to have one.
        if (value.Spec.Type == "ExternalName" || old.Spec.Type == "ExternalName" || old.Spec.ClusterIP.IsBlank()) return;
        if (!string.Equals(value.Spec.ClusterIP, old.Spec.ClusterIP, StringComparison.Ordinal))
        {
            errors.Add(FieldError.InvalidGo(Path.Child("clusterIPs").Index(0), GoText.List(value.Spec.ClusterIPs), "may not change once set"));
        }
    }

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
        if ((port.NodePort ?? 0) != 0)
        {
            foreach (var problem in NameRules.PortNumber(port.NodePort!.Value)) errors.Add(FieldError.Invalid(path.Child("nodePort"), port.NodePort.Value, problem));
        }
    }
}
