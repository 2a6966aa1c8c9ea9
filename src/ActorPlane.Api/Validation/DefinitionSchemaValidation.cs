namespace ActorPlane.Api;

/// <summary>
/// The rules for a definition's schema beside its structure: what OpenAPI has and definitions may not use, lists and their keys, defaults
/// that fit. Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go.
/// </summary>
internal static class DefinitionSchemaValidation
{
    private static readonly string[] Unsupported = ["id", "additionalItems", "patternProperties", "definitions", "dependencies", "$ref"];

    /// <param name="path">Where the schema is: <c>spec.validation.openAPIV3Schema</c>.</param>
    public static void Validate(List<FieldError> errors, FieldPath path, JsonValue schema)
    {
        var before = errors.Count;
        Rules(errors, path, schema);
        StructuralSchemaValidation.Validate(errors, path, schema);
        if (errors.Count == before) DefinitionRuleValidation.Validate(errors, path, schema);
        if (errors.Count == before) Defaults(errors, path, schema);
    }

    private static void Rules(List<FieldError> errors, FieldPath path, JsonValue schema)
    {
        foreach (var name in Unsupported)
        {
            if (schema[name] is not null) errors.Add(FieldError.Forbidden(path.Child(name), name + " is not supported"));
        }

        if (schema["type"]?.AsString == "null") errors.Add(FieldError.Forbidden(path.Child("type"), "type cannot be set to null, use nullable as an alternative"));
        if (schema["items"] is { IsArray: true }) errors.Add(FieldError.Forbidden(path.Child("items"), "items must be a schema object and not an array"));
        if (schema["uniqueItems"]?.AsBool == true)
            errors.Add(FieldError.Forbidden(path.Child("uniqueItems"), "uniqueItems cannot be set to true since the runtime complexity becomes quadratic"));
        if (schema["additionalProperties"] is { } additional && (additional.IsObject || additional.AsBool == false) && schema["properties"] is { IsObject: true, Members.IsEmpty: false })
            errors.Add(FieldError.Forbidden(path.Child("additionalProperties"), "additionalProperties and properties are mutual exclusive"));
        if (schema["x-kubernetes-preserve-unknown-fields"]?.AsBool == false)
            errors.Add(FieldError.InvalidGo(path.Child("x-kubernetes-preserve-unknown-fields"), "false", "must be true or undefined"));
        if (schema["x-kubernetes-map-type"]?.AsString is { } map && map is not ("granular" or "atomic"))
            errors.Add(FieldError.NotSupported(path.Child("x-kubernetes-map-type"), map, "atomic", "granular"));
        if (schema["x-kubernetes-map-type"] is not null && schema["type"]?.AsString is var type && type != "object")
        {
            const string Why = "must be object if x-kubernetes-map-type is specified";
            errors.Add(type is null ? FieldError.Required(path.Child("type"), Why) : FieldError.Invalid(path.Child("type"), type, Why));
        }

        Lists(errors, path, schema);
        DefinitionRuleValidation.Form(errors, path, schema);
        foreach (var (name, value) in (schema["properties"] ?? JsonValue.EmptyObject).Members) Rules(errors, path.Child("properties").Key(name), value);
        if (schema["additionalProperties"] is { IsObject: true } values) Rules(errors, path.Child("additionalProperties"), values);
        if (schema["items"] is { IsObject: true } items) Rules(errors, path.Child("items"), items);
        if (schema["not"] is { IsObject: true } not) Rules(errors, path.Child("not"), not);
        foreach (var name in (string[])["allOf", "oneOf", "anyOf"])
        {
            var list = (schema[name] ?? JsonValue.EmptyArray).Items;
            for (var i = 0; i < list.Length; i++) Rules(errors, path.Child(name).Index(i), list[i]);
        }
    }

    private static void Lists(List<FieldError> errors, FieldPath path, JsonValue schema)
    {
        var listType = schema["x-kubernetes-list-type"]?.AsString;
        var keys = (schema["x-kubernetes-list-map-keys"] ?? JsonValue.EmptyArray).Items.ToArray().Select(key => key.AsString ?? "").ToList();
        var typePath = path.Child("x-kubernetes-list-type");
        if (listType is not null && schema["type"]?.AsString is var type && type != "array")
        {
            const string Why = "must be array if x-kubernetes-list-type is specified";
            errors.Add(type is null ? FieldError.Required(path.Child("type"), Why) : FieldError.Invalid(path.Child("type"), type, Why));
        }

        if (listType is not (null or "atomic" or "set" or "map")) errors.Add(FieldError.NotSupported(typePath, listType, "atomic", "set", "map"));
        if (keys.Count > 0 && listType != "map")
        {
            const string Why = "must be map if x-kubernetes-list-map-keys is non-empty";
            errors.Add(listType is null ? FieldError.Required(typePath, Why) : FieldError.Invalid(typePath, listType, Why));
        }

        if (listType == "map") Map(errors, path, schema, keys);
        if (listType == "set" && schema["items"] is { IsObject: true } items && items["type"]?.AsString is "object" && items["x-kubernetes-map-type"]?.AsString != "atomic")
        {
            errors.Add(FieldError.Invalid(
                path.Child("items").Child("x-kubernetes-map-type"), items["x-kubernetes-map-type"]?.AsString, "must be atomic as item of a list with x-kubernetes-list-type=set"));
        }
    }

    private static void Map(List<FieldError> errors, FieldPath path, JsonValue schema, List<string> keys)
    {
        var at = path.Child("x-kubernetes-list-map-keys");
        if (keys.Count == 0) errors.Add(FieldError.Required(at, "must not be empty if x-kubernetes-list-type is map"));
        if (schema["items"] is not { IsObject: true } items)
        {
            errors.Add(FieldError.Required(path.Child("items"), "must have a schema if x-kubernetes-list-type is map"));
            return;
        }

        if (items["type"]?.AsString is var type && type != "object")
            errors.Add(FieldError.Invalid(path.Child("items").Child("type"), type, "must be object if parent array's x-kubernetes-list-type is map"));
        var required = (items["required"] ?? JsonValue.EmptyArray).Items.ToArray().Select(name => name.AsString).ToList();
        foreach (var key in keys)
        {
            var property = path.Child("items").Child("properties").Key(key);
            if (items.At("properties", key) is not { } found)
            {
                errors.Add(FieldError.InvalidGo(at, GoText.List([.. keys]), "entries must all be names of item properties"));
                continue;
            }

            if (found["type"]?.AsString is "array" or "object")
                errors.Add(FieldError.Invalid(property.Child("type"), found["type"]!.AsString, "must be a scalar type if parent array's x-kubernetes-list-type is map"));
            if (!required.Contains(key) && found["default"] is null)
                errors.Add(FieldError.Required(property.Child("default"), "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property"));
        }

        if (keys.Distinct(StringComparer.Ordinal).Count() != keys.Count) errors.Add(FieldError.InvalidGo(at, GoText.List([.. keys]), "must not contain duplicate entries"));
    }

    private static void Defaults(List<FieldError> errors, FieldPath path, JsonValue schema)
    {
        if (schema["default"] is { IsNull: false } standard)
        {
            var below = CustomSchema.Part(schema);
            var unknown = new List<string>();
            below.Prune(standard, unknown);
            if (unknown.Count > 0) errors.Add(FieldError.InvalidGo(path.Child("default"), standard.ToString(), "must not have unknown fields"));
            var whole = below.ApplyDefaults(standard);
            var wrong = CustomSchemaValidation.Validate(whole, below, path.Child("default"));
            errors.AddRange(wrong);
            if (wrong.Count == 0 && CustomRules.OfPart(schema) is { } rules) errors.AddRange(CustomRuleValidation.Validate(rules, path.Child("default"), whole));
        }

        foreach (var (name, value) in (schema["properties"] ?? JsonValue.EmptyObject).Members) Defaults(errors, path.Child("properties").Key(name), value);
        if (schema["additionalProperties"] is { IsObject: true } values) Defaults(errors, path.Child("additionalProperties"), values);
        if (schema["items"] is { IsObject: true } items) Defaults(errors, path.Child("items"), items);
    }
}
