using ActorPlane.Api.Networking.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/networking/validation/validation.go.</summary>
internal static class NetworkingValidation
{
    private static readonly FieldPath Path = FieldPath.Of("spec");

    public static void Validate(List<FieldError> errors, Ingress value)
    {
        var spec = value.Spec;
        if (spec.Rules.IsEmpty && spec.DefaultBackend is null) errors.Add(FieldError.Invalid(Path, "", "either `defaultBackend` or `rules` must be specified"));
        if (spec.DefaultBackend is { } backend) Backend(errors, Path.Child("defaultBackend"), backend);
        for (var r = 0; r < spec.Rules.Count; r++)
        {
            var at = Path.Child("rules").Index(r);
            var rule = spec.Rules[r];
            if (!rule.Host.IsBlank())
            {
                var host = rule.Host!.StartsWith("*.", StringComparison.Ordinal) ? rule.Host[2..] : rule.Host;
                Checks.All(errors, at.Child("host"), rule.Host, NameRules.DnsSubdomain(host));
            }

            if (rule.Http is null) continue;
            if (rule.Http.Paths.IsEmpty) errors.Add(FieldError.Required(at.Child("http").Child("paths")));
            for (var p = 0; p < rule.Http.Paths.Count; p++)
            {
                var place = at.Child("http").Child("paths").Index(p);
                var path = rule.Http.Paths[p];
                if (path.PathType is null) errors.Add(FieldError.Required(place.Child("pathType"), "pathType must be specified"));
                else Checks.OneOf(errors, place.Child("pathType"), path.PathType, "Exact", "ImplementationSpecific", "Prefix");
                if (path.PathType is "Exact" or "Prefix" && !(path.Path ?? "").StartsWith('/')) errors.Add(FieldError.Invalid(place.Child("path"), path.Path, "must be an absolute path"));
                Backend(errors, place.Child("backend"), path.Backend);
            }
        }
    }

    public static void Validate(List<FieldError> errors, NetworkPolicy value)
    {
        Checks.Selector(errors, Path.Child("podSelector"), value.Spec.PodSelector);
        for (var i = 0; i < value.Spec.PolicyTypes.Count; i++) Checks.OneOf(errors, Path.Child("policyTypes").Index(i), value.Spec.PolicyTypes[i], "Egress", "Ingress");
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
