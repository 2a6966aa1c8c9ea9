namespace ActorPlane.Api;

/// <summary>
/// Whether a custom resource fits its schema, rules in CEL aside. What an update leaves as it was is not held to what the schema came to say
/// later. Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/validation,
/// kube-openapi/pkg/validation/validate.
/// </summary>
public static class CustomSchemaValidation
{
    /// <summary>What is wrong with an object or a part of one; nothing when it fits.</summary>
    public static IReadOnlyList<FieldError> Validate(JsonValue value, CustomSchema schema) => Validate(value, schema, null);

    /// <param name="at">Where the part is that the value stands for.</param>
    /// <param name="before">What the value replaces; null for nothing.</param>
    internal static List<FieldError> Validate(JsonValue value, CustomSchema schema, FieldPath? at, JsonValue? before = null)
    {
        var errors = new List<FieldError>();
        var isRoot = at is null;
        Check(errors, new Place(at ?? FieldPath.Root, ""), value, before, schema.Source, isRoot);
        return errors;
    }

    private static void Check(List<FieldError> errors, Place at, JsonValue value, JsonValue? before, JsonValue schema, bool isRoot = false)
    {
        if (before is not null && value == before) return;
        if (value.IsNull && schema["nullable"]?.AsBool == true) return;
        if (!CustomValueRules.FitsType(errors, at, value, schema)) return;
        CustomValueRules.Check(errors, at, value, schema);
        if (value.IsArray) Items(errors, at, value, before, schema);
        else if (value.IsObject) Members(errors, at, value, before, schema, isRoot);
        Conditions(errors, at, value, schema, isRoot);
    }

    private static void Items(List<FieldError> errors, Place at, JsonValue value, JsonValue? before, JsonValue schema)
    {
        if (schema["items"] is not { IsObject: true } element) return;
        for (var i = 0; i < value.Items.Length; i++) Check(errors, at.Index(i), value.Items[i], Counterpart(value.Items[i], before, schema), element);
    }

    private static void Members(List<FieldError> errors, Place at, JsonValue value, JsonValue? before, JsonValue schema, bool isRoot)
    {
        foreach (var required in (schema["required"] ?? JsonValue.EmptyArray).Items)
        {
            // What every object has is not in the content.
            if (required.AsString is not { } name || (isRoot && name is "apiVersion" or "kind" or "metadata")) continue;
            if (value[name] is null) errors.Add(FieldError.Required(at.Child(name).Path));
        }

        var properties = schema["properties"];
        var others = schema["additionalProperties"] is { IsObject: true } additional ? additional : null;
        foreach (var (name, item) in value.Members)
        {
            if ((properties?[name] ?? others) is { } below) Check(errors, at.Child(name), item, before?[name], below);
        }
    }

    private static void Conditions(List<FieldError> errors, Place at, JsonValue value, JsonValue schema, bool isRoot)
    {
        if (schema["anyOf"] is { IsArray: true } anyOf)
        {
            var (valid, best) = Try(at, value, anyOf, isRoot);
            if (valid == 0)
            {
                errors.Add(Whole(at, "must validate at least one schema (anyOf)"));
                errors.AddRange(best);
            }
        }

        if (schema["oneOf"] is { IsArray: true } oneOf)
        {
            var (valid, best) = Try(at, value, oneOf, isRoot);
            if (valid != 1) errors.Add(Whole(at, $"must validate one and only one schema (oneOf). {(valid == 0 ? "Found none valid" : $"Found {valid} valid alternatives")}"));
            if (valid == 0) errors.AddRange(best);
        }

        if (schema["allOf"] is { IsArray: true } allOf)
        {
            var failed = 0;
            foreach (var condition in allOf.Items)
            {
                var found = new List<FieldError>();
                Check(found, at, value, null, condition, isRoot);
                if (found.Count > 0) failed++;
                errors.AddRange(found);
            }

            if (failed > 0) errors.Add(Whole(at, $"must validate all the schemas (allOf){(failed == allOf.Items.Length ? ". None validated" : "")}"));
        }

        if (schema["not"] is not { IsObject: true } not) return;
        var wrong = new List<FieldError>();
        Check(wrong, at, value, null, not, isRoot);
        if (wrong.Count == 0) errors.Add(Whole(at, "must not validate the schema (not)"));
    }

    /// <summary>How many alternatives hold, and what is wrong with the one that nearly does.</summary>
    private static (int Valid, List<FieldError> Best) Try(Place at, JsonValue value, JsonValue alternatives, bool isRoot)
    {
        var valid = 0;
        List<FieldError>? best = null;
        foreach (var alternative in alternatives.Items)
        {
            var found = new List<FieldError>();
            Check(found, at, value, null, alternative, isRoot);
            if (found.Count == 0) valid++;
            else if (best is null || found.Count < best.Count) best = found;
        }

        return (valid, best ?? []);
    }

    // Such errors name the place in their text only.
    private static FieldError Whole(Place at, string what) => FieldError.Invalid(FieldPath.Root, "", $"{GoText.Quote(at.Name)} {what}");

    // The element of the former list with the same keys; elements of other lists have none.
    private static JsonValue? Counterpart(JsonValue item, JsonValue? before, JsonValue schema)
    {
        if (before is not { IsArray: true } || schema["x-kubernetes-list-type"]?.AsString != "map") return null;
        foreach (var old in before.Items)
        {
            var isSame = true;
            foreach (var key in (schema["x-kubernetes-list-map-keys"] ?? JsonValue.EmptyArray).Items) isSame &= item[key.AsString ?? ""] == old[key.AsString ?? ""];
            if (isSame) return old;
        }

        return null;
    }

    /// <summary>Where a value stands: in the object that errors speak of, and by the name that their texts use.</summary>
    internal readonly record struct Place(FieldPath Path, string Name)
    {
        public Place Child(string name) => new(Path.Child(name), Name.Length == 0 ? name : $"{Name}.{name}");

        public Place Index(int index) => new(Path.Index(index), $"{Name}[{index}]");
    }
}
