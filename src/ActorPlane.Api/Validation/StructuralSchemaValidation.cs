namespace ActorPlane.Api;

/// <summary>
/// Whether a definition's schema is structural: every value has one type, said outside of conditions, and conditions speak of nothing that
/// the structure does not have. Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/schema/{validation,complete}.go.
/// </summary>
internal static class StructuralSchemaValidation
{
    private static readonly JsonValue IntOrString = JsonValue.Parse("""[{"type":"integer"},{"type":"string"}]""");

    private enum Level
    {
        Root,
        Item,
        Field,
    }

    public static void Validate(List<FieldError> errors, FieldPath path, JsonValue schema)
    {
        var found = new List<FieldError>();
        Structure(found, path, schema, Level.Root);
        Conditions(schema, path, path, (nested, at, from) => Completeness(found, at, from, schema, nested));
        errors.AddRange(found.OrderBy(error => error.ToString(), StringComparer.Ordinal));
    }

    private static void Structure(List<FieldError> errors, FieldPath path, JsonValue schema, Level level)
    {
        var type = schema["type"]?.AsString ?? "";
        if (schema["items"] is { IsObject: true } items) Structure(errors, path.Child("items"), items, Level.Item);
        else if (type == "array") errors.Add(FieldError.Required(path.Child("items"), "must be specified"));
        foreach (var (name, value) in Members(schema, "properties")) Structure(errors, path.Child("properties").Key(name), value, Level.Field);
        if (schema["additionalProperties"] is { } additional)
        {
            if (level == Level.Root) errors.Add(FieldError.Forbidden(path.Child("additionalProperties"), "must not be used at the root"));
            if (additional.IsObject) Structure(errors, path.Child("additionalProperties"), additional, Level.Field);
        }

        Extensions(errors, path, schema);
        ValueRules(errors, path, schema, IsIntOrString(schema["anyOf"]), IsIntOrString(schema["allOf"] is { Items: [var first, ..] } ? first["anyOf"] : null));
        Type(errors, path, schema, type, level);
        var holdsMetadata = level == Level.Root || Flag(schema, "x-kubernetes-embedded-resource");
        foreach (var name in (string[])["kind", "apiVersion"])
        {
            if (holdsMetadata && schema.At("properties", name) is { } header && header["type"]?.AsString != "string")
                errors.Add(FieldError.Invalid(path.Child("properties").Key(name).Child("type"), header["type"]?.AsString, "must be string"));
        }

        if (schema.At("properties", "metadata") is { } metadata) Metadata(errors, path.Child("properties").Key("metadata"), metadata, holdsMetadata, level);
        if (Flag(schema, "x-kubernetes-embedded-resource") && !Flag(schema, "x-kubernetes-preserve-unknown-fields") && Members(schema, "properties").Length == 0)
        {
            errors.Add(FieldError.Required(
                path.Child("properties"), "must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields"));
        }
    }

    private static void Type(List<FieldError> errors, FieldPath path, JsonValue schema, string type, Level level)
    {
        var at = path.Child("type");
        if (Flag(schema, "x-kubernetes-embedded-resource") && type != "object")
        {
            const string Why = "must be object if x-kubernetes-embedded-resource is true";
            errors.Add(type.Length == 0 ? FieldError.Required(at, Why) : FieldError.Invalid(at, type, Why));
        }
        else if (type.Length == 0 && !Flag(schema, "x-kubernetes-int-or-string") && !Flag(schema, "x-kubernetes-preserve-unknown-fields"))
        {
            errors.Add(FieldError.Required(at, level switch
            {
                Level.Root => "must not be empty at the root",
                Level.Item => "must not be empty for specified array items",
                _ => "must not be empty for specified object fields",
            }));
        }

        if (Flag(schema, "x-kubernetes-embedded-resource") && schema["additionalProperties"] is not null)
            errors.Add(FieldError.Forbidden(path.Child("additionalProperties"), "must not be used if x-kubernetes-embedded-resource is set"));
        if (level == Level.Root && type.Length > 0 && type != "object") errors.Add(FieldError.Invalid(at, type, "must be object at the root"));
    }

    private static void Metadata(List<FieldError> errors, FieldPath path, JsonValue metadata, bool holdsMetadata, Level level)
    {
        if (holdsMetadata && metadata["type"]?.AsString != "object") errors.Add(FieldError.Invalid(path.Child("type"), metadata["type"]?.AsString, "must be object"));
        if (level != Level.Root) return;
        var says = metadata.Without("type").Without("default");
        var named = Members(says, "properties").ToArray();
        if (named.Length is 1 or 2 && named.All(member => member.Name is "name" or "generateName")) says = says.Without("properties");
        if (says.Members.IsEmpty) return;
        errors.Add(FieldError.Forbidden(path, "must not specify anything other than name and generateName, but metadata is implicitly specified"));
    }

    private static void Extensions(List<FieldError> errors, FieldPath path, JsonValue schema)
    {
        if (!Flag(schema, "x-kubernetes-int-or-string")) return;
        foreach (var name in (string[])["x-kubernetes-preserve-unknown-fields", "x-kubernetes-embedded-resource"])
        {
            if (Flag(schema, name)) errors.Add(FieldError.InvalidGo(path.Child(name), "true", "must be false if x-kubernetes-int-or-string is true"));
        }
    }

    private static void ValueRules(List<FieldError> errors, FieldPath path, JsonValue schema, bool skipAnyOf, bool skipFirstAllOf)
    {
        Conditions(schema, path, path, (nested, _, at) => Nested(errors, at, nested, skipAnyOf: false), skipAnyOf, skipFirstAllOf ? at => Nested(errors, at.Path, at.Schema, skipAnyOf: true) : null);
        if (schema["pattern"]?.AsString is not { Length: > 0 } pattern) return;
        try
        {
            _ = GoPattern.Parse(pattern);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            errors.Add(FieldError.Invalid(path.Child("pattern"), pattern, $"must be a valid regular expression, but isn't: {e.Message}"));
        }
    }

    // Below not, allOf, anyOf and oneOf stand conditions alone.
    private static void Nested(List<FieldError> errors, FieldPath path, JsonValue schema, bool skipAnyOf)
    {
        ValueRules(errors, path, schema, skipAnyOf, false);
        if (schema["items"] is { IsObject: true } items) Nested(errors, path.Child("items"), items, false);
        foreach (var (name, value) in Members(schema, "properties"))
        {
            Nested(errors, path.Child("properties").Key(name), value, false);
            if (name == "metadata") errors.Add(FieldError.Forbidden(path.Child("properties").Key(name), "must not be specified in a nested context"));
        }

        foreach (var (name, why) in ((string, string)[])
        [
            ("type", "must be empty to be structural"), ("additionalProperties", "must be undefined to be structural"), ("default", "must be undefined to be structural"),
            ("title", "must be empty to be structural"), ("description", "must be empty to be structural"), ("nullable", "must be false to be structural"),
            ("x-kubernetes-preserve-unknown-fields", "must be false to be structural"), ("x-kubernetes-embedded-resource", "must be false to be structural"),
            ("x-kubernetes-int-or-string", "must be false to be structural"), ("x-kubernetes-list-map-keys", "must be empty to be structural"),
            ("x-kubernetes-list-type", "must be undefined to be structural"), ("x-kubernetes-map-type", "must be undefined to be structural"),
            ("x-kubernetes-validations", "must be empty to be structural"),
        ])
        {
            if (schema[name] is { } value && value.AsBool != false) errors.Add(FieldError.Forbidden(path.Child(name), why));
        }
    }

    private static void Completeness(List<FieldError> errors, FieldPath at, FieldPath from, JsonValue? schema, JsonValue nested)
    {
        if (schema is null)
        {
            errors.Add(FieldError.Required(at, $"because it is defined in {from}"));
            return;
        }

        Conditions(nested, at, from, (deeper, where, deeperFrom) => Completeness(errors, where, deeperFrom, schema, deeper));
        if (nested["items"] is { IsObject: true } items) Completeness(errors, at.Child("items"), from.Child("items"), schema["items"], items);
        foreach (var (name, value) in Members(nested, "properties"))
            Completeness(errors, at.Child("properties").Key(name), from.Child("properties").Key(name), schema.At("properties", name), value);
    }

    private static void Conditions(
        JsonValue schema, FieldPath at, FieldPath from, Action<JsonValue, FieldPath, FieldPath> visit, bool skipAnyOf = false, Action<(JsonValue Schema, FieldPath Path)>? firstAllOf = null)
    {
        if (schema["not"] is { IsObject: true } not) visit(not, at, from.Child("not"));
        foreach (var name in (string[])["allOf", "anyOf", "oneOf"])
        {
            if (name == "anyOf" && skipAnyOf) continue;
            var list = (schema[name] ?? JsonValue.EmptyArray).Items;
            for (var i = 0; i < list.Length; i++)
            {
                if (i == 0 && name == "allOf" && firstAllOf is not null) firstAllOf((list[i], from.Child(name).Index(i)));
                else visit(list[i], at, from.Child(name).Index(i));
            }
        }
    }

    private static bool IsIntOrString(JsonValue? anyOf) => anyOf == IntOrString;

    private static bool Flag(JsonValue schema, string name) => schema[name]?.AsBool == true;

    private static ReadOnlySpan<JsonMember> Members(JsonValue schema, string name) => (schema[name] ?? JsonValue.EmptyObject).Members;
}
