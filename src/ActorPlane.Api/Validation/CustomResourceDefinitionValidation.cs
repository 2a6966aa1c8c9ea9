using ActorPlane.Api.ApiExtensions.V1;

namespace ActorPlane.Api;

/// <summary>Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go.</summary>
internal static class CustomResourceDefinitionValidation
{
    private static readonly FieldPath Path = FieldPath.Of("spec");

    public static void Validate(List<FieldError> errors, CustomResourceDefinition value)
    {
        var spec = value.Spec;
        var required = $"{spec.Names.Plural}.{spec.Group}";
        if (value.Metadata.Name is { Length: > 0 } name && name != required)
        {
            errors.Add(FieldError.Invalid(FieldPath.Of("metadata", "name"), name, "must be spec.names.plural+\".\"+spec.group"));
        }

        if (spec.Group.IsBlank()) errors.Add(FieldError.Required(Path.Child("group")));
        else
        {
            Checks.All(errors, Path.Child("group"), spec.Group, NameRules.DnsSubdomain(spec.Group!));
            if (!spec.Group!.Contains('.', StringComparison.Ordinal)) errors.Add(FieldError.Invalid(Path.Child("group"), spec.Group, "should be a domain with at least one dot"));
        }

        Checks.OneOf(errors, Path.Child("scope"), spec.Scope, "Cluster", "Namespaced");
        Names(errors, Path.Child("names"), spec.Names);
        var stored = 0;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < spec.Versions.Count; i++)
        {
            var version = spec.Versions[i];
            var at = Path.Child("versions").Index(i);
            if (version.Storage == true) stored++;
            Checks.All(errors, at.Child("name"), version.Name, NameRules.Dns1035Label(version.Name ?? ""));
            if (!seen.Add(version.Name ?? "")) errors.Add(FieldError.Invalid(Path.Child("versions"), version.Name, "must contain unique version names"));
            if (version.Schema?.OpenAPIV3Schema is null) errors.Add(FieldError.Required(at.Child("schema").Child("openAPIV3Schema"), "schemas are required"));
        }

        if (stored != 1) errors.Add(FieldError.InvalidGo(Path.Child("versions"), "[]", "must have exactly one version marked as storage version"));
    }

    private static void Names(List<FieldError> errors, FieldPath path, CustomResourceDefinitionNames names)
    {
        if (names.Plural.IsBlank()) errors.Add(FieldError.Required(path.Child("plural")));
        else Checks.All(errors, path.Child("plural"), names.Plural, NameRules.Dns1035Label(names.Plural!));
        if (!names.Singular.IsBlank()) Checks.All(errors, path.Child("singular"), names.Singular, NameRules.Dns1035Label(names.Singular!));
        if (names.Kind.IsBlank()) errors.Add(FieldError.Required(path.Child("kind")));
        else Checks.All(errors, path.Child("kind"), names.Kind, NameRules.Dns1035Label(names.Kind!.ToLowerInvariant()));
        for (var i = 0; i < names.ShortNames.Count; i++)
        {
            Checks.All(errors, path.Child("shortNames").Index(i), names.ShortNames[i], NameRules.Dns1035Label(names.ShortNames[i]));
        }

        if (!names.Kind.IsBlank() && names.Kind == names.ListKind) errors.Add(FieldError.Invalid(path.Child("listKind"), names.ListKind, "kind and listKind may not be the same"));
    }
}
