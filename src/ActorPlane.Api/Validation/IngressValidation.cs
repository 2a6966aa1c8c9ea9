using ActorPlane.Api.Networking.V1;

namespace ActorPlane.Api;

/// <summary>Source: pkg/apis/networking/validation/validation.go ValidateIngressSpec.</summary>
internal static class IngressValidation
{
    private const string ClassAnnotation = "kubernetes.io/ingress.class";
    private static readonly FieldPath Path = FieldPath.Of("spec");

    public static void Validate(List<FieldError> errors, Ingress value)
    {
        var spec = value.Spec;
        if (spec.Rules.IsEmpty && spec.DefaultBackend is null) errors.Add(FieldError.InvalidGo(Path, "[]networking.IngressRule(nil)", "either `defaultBackend` or `rules` must be specified"));
        if (spec.DefaultBackend is { } backend) Backend(errors, Path.Child("defaultBackend"), backend);
        for (var i = 0; i < spec.Rules.Count; i++)
        {
            var (at, rule) = (Path.Child("rules").Index(i), spec.Rules[i]);
            if (!rule.Host.IsBlank())
            {
                if (NameRules.TryIp(rule.Host!) is not null) errors.Add(FieldError.Invalid(at.Child("host"), rule.Host, "must be a DNS name, not an IP address"));
                Host(errors, at.Child("host"), rule.Host!);
            }

            if (rule.Http is not { } http) continue;
            at = at.Child("http").Child("paths");
            if (http.Paths.IsEmpty) errors.Add(FieldError.Required(at));
            for (var p = 0; p < http.Paths.Count; p++) Place(errors, at.Index(p), http.Paths[p]);
        }

        for (var i = 0; i < spec.Tls.Count; i++)
        {
            var (at, tls) = (Path.Child("tls").Index(i), spec.Tls[i]);
            for (var h = 0; h < tls.Hosts.Count; h++) Host(errors, at.Child("hosts").Index(h), tls.Hosts[h]);
            if (!tls.SecretName.IsBlank()) Checks.All(errors, at.Child("secretName"), tls.SecretName, NameRules.DnsSubdomain(tls.SecretName!));
        }

        if (spec.IngressClassName is { } name) Checks.All(errors, Path.Child("ingressClassName"), name, NameRules.DnsSubdomain(name));
    }

    /// <summary>What is looked at in a new one only: an old one may name its class twice.</summary>
    public static void ValidateCreate(List<FieldError> errors, Ingress value)
    {
        if (value.Spec.IngressClassName is { } name && value.Metadata.Annotations.TryGetValue(ClassAnnotation, out var old) && old != name)
            errors.Add(FieldError.Invalid(FieldPath.Of("annotations").Child(ClassAnnotation), old, "must match `ingressClassName` when both are specified"));
    }

    private static void Host(List<FieldError> errors, FieldPath path, string host) =>
        Checks.All(errors, path, host, host.Contains('*', StringComparison.Ordinal) ? NameRules.WildcardSubdomain(host) : NameRules.DnsSubdomain(host));

    private static void Place(List<FieldError> errors, FieldPath path, HTTPIngressPath place)
    {
        var (at, text) = (path.Child("path"), place.Path ?? "");
        switch (place.PathType)
        {
            case null or "":
                errors.Add(FieldError.Required(path.Child("pathType"), "pathType must be specified"));
                return;
            case "Exact" or "Prefix":
                if (text is not ['/', ..]) errors.Add(FieldError.Invalid(at, text, "must be an absolute path"));
                foreach (var part in (ReadOnlySpan<string>)["//", "/./", "/../", "%2f", "%2F"])
                {
                    if (text.Contains(part, StringComparison.Ordinal)) errors.Add(FieldError.Invalid(at, text, $"must not contain '{part}'"));
                }

                foreach (var end in (ReadOnlySpan<string>)["/..", "/."])
                {
                    if (text.EndsWith(end, StringComparison.Ordinal)) errors.Add(FieldError.Invalid(at, text, $"cannot end with '{end}'"));
                }

                break;
            case "ImplementationSpecific":
                if (text.Length > 0 && text[0] != '/') errors.Add(FieldError.Invalid(at, text, "must be an absolute path"));
                break;
            default:
                errors.Add(FieldError.NotSupported(path.Child("pathType"), place.PathType, "Exact", "ImplementationSpecific", "Prefix"));
                break;
        }

        Backend(errors, path.Child("backend"), place.Backend);
    }

    private static void Backend(List<FieldError> errors, FieldPath path, IngressBackend backend)
    {
        if (backend is { Resource: not null, Service: not null }) errors.Add(FieldError.Invalid(path, "", "cannot set both resource and service backends"));
        else if (backend.Service is { } service) Service(errors, path, service);
        else if (backend.Resource is { } resource) ClassValidation.Reference(errors, path.Child("resource"), resource.ApiGroup, resource.Kind, resource.Name);
        else errors.Add(FieldError.Invalid(path, "", "resource or service backend is required"));
    }

    private static void Service(List<FieldError> errors, FieldPath path, IngressServiceBackend service)
    {
        var at = path.Child("service");
        if (service.Name.IsBlank()) errors.Add(FieldError.Required(at.Child("name")));
        else Checks.All(errors, at.Child("name"), service.Name, NameRules.Dns1035Label(service.Name!));
        var (named, number) = (!service.Port.Name.IsBlank(), service.Port.Number ?? 0);
        if (named && number != 0) errors.Add(FieldError.Invalid(path, "", "cannot set both port name & port number"));
        else if (named) Checks.All(errors, at.Child("port").Child("name"), service.Port.Name, NameRules.PortName(service.Port.Name!));
        else if (number != 0) foreach (var problem in NameRules.PortNumber(number)) errors.Add(FieldError.Invalid(at.Child("port").Child("number"), number, problem));
        else errors.Add(FieldError.Required(path, "port name or number is required"));
    }
}
