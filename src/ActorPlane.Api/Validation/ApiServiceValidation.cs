using ActorPlane.Api.ApiRegistration.V1;

namespace ActorPlane.Api;

/// <summary>Source: staging/src/k8s.io/kube-aggregator/pkg/apis/apiregistration/validation/validation.go.</summary>
internal static class ApiServiceValidation
{
    private const int HighestGroupPriority = 20000;
    private const int HighestVersionPriority = 1000;
    private static readonly FieldPath Path = FieldPath.Of("spec");

    public static void Validate(List<FieldError> errors, APIService value)
    {
        var spec = value.Spec;
        var (group, version, name) = (spec.Group ?? "", spec.Version ?? "", value.Metadata.Name ?? "");
        var wanted = $"{version}.{group}";
        if (name.Length > 0 && name != wanted && NameRules.PathSegment(name).IsEmpty)
            errors.Add(FieldError.Invalid(FieldPath.Of("metadata", "name"), name, $"must be `spec.version+\".\"+spec.group`: {GoText.Quote(wanted)}"));
        if (group.Length == 0 && version != "v1") errors.Add(FieldError.Required(Path.Child("group"), "only v1 may have an empty group and it better be legacy kube"));
        if (group.Length > 0) Checks.All(errors, Path.Child("group"), group, NameRules.DnsSubdomain(group));
        Checks.All(errors, Path.Child("version"), version, NameRules.Dns1035Label(version));
        if (spec.GroupPriorityMinimum is null or <= 0 or > HighestGroupPriority)
            errors.Add(FieldError.Invalid(Path.Child("groupPriorityMinimum"), spec.GroupPriorityMinimum ?? 0, "must be positive and less than 20000"));
        if (spec.VersionPriority is null or <= 0 or > HighestVersionPriority)
            errors.Add(FieldError.Invalid(Path.Child("versionPriority"), spec.VersionPriority ?? 0, "must be positive and less than 1000"));
        var bundle = spec.CaBundle?.Length ?? 0;
        var skip = Path.Child("insecureSkipTLSVerify");
        if (spec.Service is not { } service)
        {
            if (bundle > 0) errors.Add(FieldError.Invalid(Path.Child("caBundle"), $"{bundle} bytes", "local APIServices may not have a caBundle"));
            if (spec.InsecureSkipTLSVerify == true) errors.Add(FieldError.InvalidGo(skip, "true", "local APIServices may not have insecureSkipTLSVerify"));
            return;
        }

        if (service.Namespace.IsBlank()) errors.Add(FieldError.Required(Path.Child("service").Child("namespace")));
        if (service.Name.IsBlank()) errors.Add(FieldError.Required(Path.Child("service").Child("name")));
        if (NameRules.PortNumber(service.Port ?? 0) is [var problem, ..]) errors.Add(FieldError.Invalid(Path.Child("service").Child("port"), service.Port ?? 0, "port is not valid: " + problem));
        if (spec.InsecureSkipTLSVerify == true && bundle > 0) errors.Add(FieldError.InvalidGo(skip, "true", "may not be true if caBundle is present"));
    }

    public static void ValidateStatus(List<FieldError> errors, APIService value)
    {
        for (var i = 0; i < value.Status.Conditions.Count; i++)
            Checks.OneOf(errors, FieldPath.Of("status", "conditions").Index(i).Child("status"), value.Status.Conditions[i].Status, "True", "False", "Unknown");
    }
}
