using ActorPlane.Api.ApiRegistration.V1;

namespace ActorPlane.Api;

/// <summary>Source: kube-aggregator/pkg/apis/apiregistration/validation/validation.go.</summary>
internal static class ApiServiceValidation
{
    private const int MostGroupPriority = 20000;
    private const int MostVersionPriority = 1000;

    public static void Validate(List<FieldError> errors, APIService value)
    {
        var (path, spec) = (FieldPath.Of("spec"), value.Spec);
        var required = $"{spec.Version}.{spec.Group}";
        if (value.Metadata.Name != required)
            errors.Add(FieldError.Invalid(FieldPath.Of("metadata", "name"), value.Metadata.Name, $"must be `spec.version+\".\"+spec.group`: {GoText.Quote(required)}"));
        if (spec.Group.IsBlank())
        {
            if (spec.Service is not null) errors.Add(FieldError.Required(path.Child("group"), "only v1 may have an empty group and it better be legacy kube"));
        }
        else
        {
            Checks.All(errors, path.Child("group"), spec.Group, NameRules.DnsSubdomain(spec.Group!));
        }

        Checks.All(errors, path.Child("version"), spec.Version, NameRules.Dns1035Label(spec.Version ?? ""));
        if (spec.GroupPriorityMinimum is null or <= 0 or > MostGroupPriority)
            errors.Add(FieldError.Invalid(path.Child("groupPriorityMinimum"), spec.GroupPriorityMinimum ?? 0, $"must be positive and less than {MostGroupPriority}"));
        if (spec.VersionPriority is null or <= 0 or > MostVersionPriority)
            errors.Add(FieldError.Invalid(path.Child("versionPriority"), spec.VersionPriority ?? 0, $"must be positive and less than {MostVersionPriority}"));
        if (spec.Service is not { } service)
        {
            if (spec.CaBundle is { Length: > 0 } bundle) errors.Add(FieldError.InvalidGo(path.Child("caBundle"), $"{bundle.Length} bytes", "local APIServices may not have a caBundle"));
            if (spec.InsecureSkipTLSVerify == true) errors.Add(FieldError.InvalidGo(path.Child("insecureSkipTLSVerify"), "true", "local APIServices may not have insecureSkipTLSVerify"));
            return;
        }

        if (service.Namespace.IsBlank()) errors.Add(FieldError.Required(path.Child("service").Child("namespace")));
        if (service.Name.IsBlank()) errors.Add(FieldError.Required(path.Child("service").Child("name")));
        foreach (var problem in NameRules.PortNumber(service.Port ?? 443)) errors.Add(FieldError.Invalid(path.Child("service").Child("port"), service.Port!.Value, "port is not valid: " + problem));
    }
}
