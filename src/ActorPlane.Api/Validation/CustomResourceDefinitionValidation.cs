using ActorPlane.Api.ApiExtensions.V1;

namespace ActorPlane.Api;

/// <summary>
/// The rules for definitions. What all versions say alike is named as the real server names it, which keeps it once: below
/// <c>spec.validation</c>, <c>spec.subresources</c>, <c>spec.additionalPrinterColumns</c> and <c>spec.selectableFields</c>.
/// Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go, v1/conversion.go.
/// </summary>
internal static class CustomResourceDefinitionValidation
{
    private static readonly FieldPath Path = FieldPath.Of("spec");

    public static void Validate(List<FieldError> errors, CustomResourceDefinition value)
    {
        var spec = value.Spec;
        if (value.Metadata.Name is { Length: > 0 } name && name != $"{spec.Names.Plural}.{spec.Group}")
            errors.Add(FieldError.Invalid(FieldPath.Of("metadata", "name"), name, "must be spec.names.plural+\".\"+spec.group"));
        if (spec.Group.IsBlank()) errors.Add(FieldError.Required(Path.Child("group")));
        else if (NameRules.DnsSubdomain(spec.Group!) is { IsEmpty: false } problems) errors.Add(FieldError.Invalid(Path.Child("group"), spec.Group, string.Join(",", problems)));
        else if (!spec.Group!.Contains('.', StringComparison.Ordinal)) errors.Add(FieldError.Invalid(Path.Child("group"), spec.Group, "should be a domain with at least one dot"));
        Approval(errors, value);
        if (spec.Scope.IsBlank()) errors.Add(FieldError.Required(Path.Child("scope")));
        else if (spec.Scope is not ("Cluster" or "Namespaced")) errors.Add(FieldError.NotSupported(Path.Child("scope"), spec.Scope, "Cluster", "Namespaced"));
        if (spec.PreserveUnknownFields == true)
        {
            errors.Add(FieldError.InvalidGo(
                Path.Child("preserveUnknownFields"), "true", "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead"));
        }

        Versions(errors, spec);
        var names = Path.Child("names");
        RequiredNames(errors, names, spec.Names);
        Names(errors, names, spec.Names);
        DefinitionConversionValidation.Validate(errors, Path.Child("conversion"), spec.Conversion);
        Parts(errors, spec);
    }

    /// <summary>What may not change in a definition, on top of the rules for new ones.</summary>
    public static void ValidateUpdate(List<FieldError> errors, CustomResourceDefinition value, CustomResourceDefinition before)
    {
        var (spec, old) = (value.Spec, before.Spec);
        if (CustomResources.IsTrue(before, CustomResources.Established))
        {
            Immutable(spec.Scope, old.Scope, Path.Child("scope"));
            Immutable(spec.Names.Kind, old.Names.Kind, Path.Child("names").Child("kind"));
        }

        Immutable(spec.Group, old.Group, Path.Child("group"));
        Immutable(spec.Names.Plural, old.Names.Plural, Path.Child("names").Child("plural"));
        StoredVersions(errors, value);

        void Immutable(string? now, string? then, FieldPath path)
        {
            if (now != then) errors.Add(FieldError.Invalid(path, now, "field is immutable"));
        }
    }

    /// <summary>What a definition's status may say.</summary>
    public static void ValidateStatus(List<FieldError> errors, CustomResourceDefinition value)
    {
        Names(errors, FieldPath.Of("status", "acceptedNames"), value.Status.AcceptedNames ?? CustomResourceDefinitionNames.Empty);
        StoredVersions(errors, value);
    }

    private static void StoredVersions(List<FieldError> errors, CustomResourceDefinition value)
    {
        for (var i = 0; i < value.Status.StoredVersions.Count; i++)
        {
            var stored = value.Status.StoredVersions[i];
            if (value.Spec.Versions.Find(version => version.Name == stored) is null)
                errors.Add(FieldError.Invalid(FieldPath.Of("status", "storedVersions").Index(i), stored, "must appear in spec.versions"));
        }
    }

    private static void Approval(List<FieldError> errors, CustomResourceDefinition value)
    {
        if (!ApiApproval.IsNeeded(value)) return;
        var path = FieldPath.Of("metadata", "annotations").Key(ApiApproval.Annotation);
        var (_, reason, message) = ApiApproval.Of(value);
        if (reason == "MissingAnnotation") errors.Add(FieldError.Required(path, message));
        else if (reason == "InvalidAnnotation") errors.Add(FieldError.Invalid(path, value.Metadata.Annotations[ApiApproval.Annotation], message));
    }

    private static void Versions(List<FieldError> errors, CustomResourceDefinitionSpec spec)
    {
        var path = Path.Child("versions");
        for (var i = 0; i < spec.Versions.Count; i++)
        {
            var version = spec.Versions[i];
            var at = path.Index(i);
            if (NameRules.Dns1035Label(version.Name ?? "") is { IsEmpty: false } problems) errors.Add(FieldError.Invalid(at.Child("name"), version.Name, string.Join(",", problems)));
            if (version.Schema?.OpenAPIV3Schema is null) errors.Add(FieldError.Required(at.Child("schema").Child("openAPIV3Schema"), "schemas are required"));
            if (version.DeprecationWarning is not { } warning) continue;
            var warningPath = at.Child("deprecationWarning");
            if (version.Deprecated != true) errors.Add(FieldError.Invalid(warningPath, warning, "can only be set for deprecated versions"));
            if (warning.Length == 0) errors.Add(FieldError.Invalid(warningPath, warning, "must not be an empty string"));
            if (warning.Length > 256) errors.Add(FieldError.TooLong(warningPath, 256));
        }

        if (spec.Versions.Select(version => version.Name).Distinct(StringComparer.Ordinal).Count() != spec.Versions.Count)
            errors.Add(FieldError.InvalidGo(path, Print(spec.Versions), "must contain unique version names"));
        if (spec.Versions.Count(version => version.Storage == true) != 1)
            errors.Add(FieldError.InvalidGo(path, Print(spec.Versions), "must have exactly one version marked as storage version"));
    }

    private static void RequiredNames(List<FieldError> errors, FieldPath path, CustomResourceDefinitionNames names)
    {
        if (names.Plural.IsBlank()) errors.Add(FieldError.Required(path.Child("plural")));
        if (names.Singular.IsBlank()) errors.Add(FieldError.Required(path.Child("singular")));
        if (names.Kind.IsBlank()) errors.Add(FieldError.Required(path.Child("kind")));
        if (names.ListKind.IsBlank()) errors.Add(FieldError.Required(path.Child("listKind")));
    }

    private static void Names(List<FieldError> errors, FieldPath path, CustomResourceDefinitionNames names)
    {
        Label(path.Child("plural"), names.Plural, "");
        Label(path.Child("singular"), names.Singular, "");
        const string Mixed = "may have mixed case, but should otherwise match: ";
        Label(path.Child("kind"), names.Kind, Mixed);
        Label(path.Child("listKind"), names.ListKind, Mixed);
        for (var i = 0; i < names.ShortNames.Count; i++) Label(path.Child("shortNames").Index(i), names.ShortNames[i], "", isRequired: true);
        if (!names.Kind.IsBlank() && names.Kind == names.ListKind) errors.Add(FieldError.Invalid(path.Child("listKind"), names.ListKind, "kind and listKind may not be the same"));
        for (var i = 0; i < names.Categories.Count; i++) Label(path.Child("categories").Index(i), names.Categories[i], "", isRequired: true);

        void Label(FieldPath at, string? name, string before, bool isRequired = false)
        {
            if (!isRequired && name.IsBlank()) return;
            if (NameRules.Dns1035Label(before.Length > 0 ? name!.ToLowerInvariant() : name ?? "") is { IsEmpty: false } problems)
                errors.Add(FieldError.Invalid(at, name, before + string.Join(",", problems)));
        }
    }

    private static void Parts(List<FieldError> errors, CustomResourceDefinitionSpec spec)
    {
        Each(version => version.Schema, Path.Child("validation"), "schema", (schema, path) =>
        {
            if (schema?.OpenAPIV3Schema is { } openApi) DefinitionSchemaValidation.Validate(errors, path.Child("openAPIV3Schema"), JsonCodec.ToTree(openApi));
        });
        Each(version => version.Subresources, Path.Child("subresources"), "subresources", (parts, path) => DefinitionPathValidation.Scale(errors, path, parts?.Scale));
        Each(version => version.AdditionalPrinterColumns, Path.Child("additionalPrinterColumns"), "additionalPrinterColumns", (columns, path) =>
        {
            for (var i = 0; i < columns.Count; i++) DefinitionPathValidation.Column(errors, path.Index(i), columns[i]);
        });
        Each(version => (version.SelectableFields, version.Schema), Path.Child("selectableFields"), "selectableFields", (entry, path) =>
            DefinitionPathValidation.Selectable(errors, path, entry.SelectableFields, entry.Schema));

        void Each<T>(Func<CustomResourceDefinitionVersion, T> part, FieldPath shared, string name, Action<T, FieldPath> check)
        {
            var parts = spec.Versions.Select(part).ToList();
            if (parts.Count > 0 && parts.TrueForAll(other => Equals(other, parts[0]))) check(parts[0], shared);
            else for (var i = 0; i < parts.Count; i++) check(parts[i], Path.Child("versions").Index(i).Child(name));
        }
    }

    private static string Print(ValueList<CustomResourceDefinitionVersion> versions) =>
        "[]apiextensions.CustomResourceDefinitionVersion{" + string.Join(", ", versions.Select(version =>
            $"apiextensions.CustomResourceDefinitionVersion{{Name:{GoText.Quote(version.Name ?? "")}, Served:{(version.Served == true ? "true" : "false")}, Storage:{(version.Storage == true ? "true" : "false")}}}")) + "}";
}
