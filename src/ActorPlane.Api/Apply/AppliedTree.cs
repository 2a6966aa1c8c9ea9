using System.Globalization;

namespace ActorPlane.Api;

/// <summary>
/// Whether an applied configuration has the shape of its kind: each field is known, each value of its type, each element of a list by key
/// has its keys. Source: sigs.k8s.io/structured-merge-diff/typed/validate.go.
/// </summary>
internal static class AppliedTree
{
    /// <summary>What is wrong, such as <c>.spec.foo: field not declared in schema</c>, or null.</summary>
    public static string? Problem(JsonValue config, ValueSchema schema)
    {
        var problems = new List<string>();
        Check(problems, "", config.Without("apiVersion").Without("kind"), schema, null);
        return problems.Count switch
        {
            0 => null,
            1 => problems[0],
            _ => "errors:" + string.Concat(problems.Select(problem => "\n  " + problem)),
        };
    }

    private static void Check(List<string> problems, string path, JsonValue value, ValueSchema? schema, FieldSchema? field)
    {
        if (value.IsNull || schema is null || schema.IsUntyped) return;
        switch (schema.Kind)
        {
            case SchemaKind.String or SchemaKind.Bytes:
                if (!value.IsString) problems.Add($"{path}: expected string, got &value.valueUnstructured{{Value:{GoTree.Detailed(value)}}}");
                break;
            case SchemaKind.Int32 or SchemaKind.Int64 or SchemaKind.Double:
                if (value.AsNumber is null) problems.Add($"{path}: expected numeric (int or float), got {TypeOf(value)}");
                break;
            case SchemaKind.Bool:
                if (value.AsBool is null) problems.Add($"{path}: expected boolean, got &{{{GoTree.Plain(value)}}}");
                break;
            case SchemaKind.Message or SchemaKind.Map:
                CheckObject(problems, path, value, schema);
                break;
            case SchemaKind.List:
                CheckList(problems, path, value, schema, field);
                break;
        }
    }

    private static void CheckObject(List<string> problems, string path, JsonValue value, ValueSchema schema)
    {
        if (!value.IsObject)
        {
            problems.Add($"{path}: expected map, got &{{{GoTree.Plain(value)}}}");
            return;
        }

        foreach (var (name, item) in value.Members.ToArray().OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            var field = schema.Find(name);
            var below = field?.Value ?? schema.Element;
            if (below is null && schema.Kind == SchemaKind.Message && schema.Fields.Count > 0) problems.Add($"{path}.{name}: field not declared in schema");
            else Check(problems, $"{path}.{name}", item, below, field);
        }
    }

    private static void CheckList(List<string> problems, string path, JsonValue value, ValueSchema schema, FieldSchema? field)
    {
        if (!value.IsArray)
        {
            problems.Add($"{path}: expected list, got &{{{GoTree.Plain(value)}}}");
            return;
        }

        var keys = TypedTree.KeysOf(field);
        for (var i = 0; i < value.Items.Length; i++)
        {
            var item = value.Items[i];
            var missing = keys is null || !item.IsObject ? null : keys.FirstOrDefault(key => item[key] is null && schema.Element?.Find(key)?.Default is null);
            if (missing is null)
            {
                Check(problems, path + Step(item, i, keys, schema.Element), item, schema.Element, null);
                continue;
            }

            problems.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{path}: element {i}: associative list with keys has an element that omits key field {GoText.Quote(missing)} (and doesn't have default value)"));
        }
    }

    private static string Step(JsonValue item, int index, ValueList<string>? keys, ValueSchema? element)
    {
        if (keys is null || !item.IsObject) return $"[{index.ToString(CultureInfo.InvariantCulture)}]";
        var parts = keys.Order(StringComparer.Ordinal)
            .Select(key => (key, value: item[key] ?? (element?.Find(key)?.Default is { } standard ? JsonValue.Of(standard) : null)))
            .Where(part => part.value is not null).Select(part => $"{part.key}={part.value}");
        return $"[{string.Join(",", parts)}]";
    }

    private static string TypeOf(JsonValue value) => value.Kind switch
    {
        JsonKind.Object => "map[string]interface {}",
        JsonKind.Array => "[]interface {}",
        _ => GoTree.KindOf(value),
    };
}
