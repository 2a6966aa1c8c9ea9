namespace ActorPlane.Api;

/// <summary>
/// Lists that are sets or maps hold nothing twice, and embedded objects say what they are.
/// Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/schema/{listtype,objectmeta}.
/// </summary>
internal static class CustomListRules
{
    public static void Validate(List<FieldError> errors, FieldPath path, JsonValue value, CustomSchema schema)
    {
        if (value.IsArray)
        {
            var seen = Keys(schema.Source);
            for (var i = 0; i < value.Items.Length; i++)
            {
                if (seen is not null && !seen(value.Items[i], out var printed)) errors.Add(new FieldError(FieldErrorType.Duplicate, path.Index(i).ToString(), printed, ""));
                if (schema.ElementSchema is { } element) Validate(errors, path.Index(i), value.Items[i], element);
            }

            return;
        }

        if (!value.IsObject) return;
        if (schema.Source["x-kubernetes-embedded-resource"]?.AsBool == true) Embedded(errors, path, value);
        foreach (var (name, item) in value.Members)
        {
            if (schema.Find(name) is { } field)
            {
                if (field.Value is CustomSchema below) Validate(errors, path.Child(name), item, below);
            }
            else if (schema.ElementSchema is { } values)
            {
                Validate(errors, path.Key(name), item, values);
            }
        }
    }

    private delegate bool IsNew(JsonValue item, out string printed);

    private static IsNew? Keys(JsonValue source)
    {
        switch (source["x-kubernetes-list-type"]?.AsString)
        {
            case "set":
                var values = new HashSet<JsonValue>();
                return (JsonValue item, out string printed) =>
                {
                    printed = Print(item);
                    return values.Add(item);
                };
            case "map":
                var names = (source["x-kubernetes-list-map-keys"] ?? JsonValue.EmptyArray).Items.ToArray().Select(key => key.AsString ?? "").ToArray();
                var keys = new HashSet<JsonValue>();
                return (JsonValue item, out string printed) =>
                {
                    var key = JsonValue.Object(names.Where(name => item[name] is not null).Select(name => new JsonMember(name, item[name]!)));
                    printed = Print(key);
                    return keys.Add(key);
                };
            default: return null;
        }
    }

    private static void Embedded(List<FieldError> errors, FieldPath path, JsonValue value)
    {
        foreach (var name in (string[])["apiVersion", "kind"])
        {
            if (string.IsNullOrEmpty(value[name]?.AsString)) errors.Add(FieldError.Required(path.Child(name), "must not be empty"));
        }
    }

    // As Go prints what a JSON decoder made.
    private static string Print(JsonValue value) => value.Kind switch
    {
        JsonKind.String => GoText.Quote(value.AsString!),
        JsonKind.Object => "map[string]interface {}{" + string.Join(", ", value.Members.ToArray().OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"{GoText.Quote(member.Name)}:{Print(member.Value)}")) + "}",
        JsonKind.Array => "[]interface {}{" + string.Join(", ", value.Items.ToArray().Select(Print)) + "}",
        JsonKind.Null => "interface {}(nil)",
        _ => value.ToString(),
    };
}
