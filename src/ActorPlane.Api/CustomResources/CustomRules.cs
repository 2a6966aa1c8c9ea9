namespace ActorPlane.Api;

/// <summary>
/// The compiled rules of a schema, in its shape: only parts that have rules, in them or below. Immutable.
/// Source: apiextensions-apiserver/pkg/apiserver/schema/cel/validation.go (NewValidator).
/// </summary>
internal sealed class CustomRules
{
    private CustomRules(JsonValue schema, CustomRuleType type, CustomRule[] own) => (Schema, Type, Own) = (schema, type, own);

    /// <summary>The part of the schema.</summary>
    public JsonValue Schema { get; }

    /// <summary>What the rules see of the value.</summary>
    public CustomRuleType Type { get; }

    /// <summary>The rules of this value.</summary>
    public CustomRule[] Own { get; }

    /// <summary>Of an object those with rules among its properties.</summary>
    public IReadOnlyDictionary<string, CustomRules> Properties { get; private init; } = new Dictionary<string, CustomRules>();

    /// <summary>The rules for the values of a list or of a map.</summary>
    public CustomRules? Element { get; private init; }

    /// <summary>The rules of the schema of a resource; null when it has none.</summary>
    public static CustomRules? Of(JsonValue schema) => HasRules(schema) && CustomRuleType.Of(schema, isResource: true) is { } type ? Of(schema, type) : null;

    /// <summary>The rules of a part of a schema; null when it has none.</summary>
    public static CustomRules? OfPart(JsonValue schema) =>
        HasRules(schema) && CustomRuleType.Of(schema, schema["x-kubernetes-embedded-resource"]?.AsBool == true) is { } type ? Of(schema, type) : null;

    /// <summary>Whether a part of a schema has rules, in it or below.</summary>
    public static bool HasRules(JsonValue schema)
    {
        if (schema["x-kubernetes-validations"] is { Items.IsEmpty: false }) return true;
        if (schema["items"] is { IsObject: true } items && HasRules(items)) return true;
        if (schema["additionalProperties"] is { IsObject: true } values && HasRules(values)) return true;
        foreach (var (_, below) in (schema["properties"] ?? JsonValue.EmptyObject).Members)
        {
            if (HasRules(below)) return true;
        }

        return false;
    }

    private static CustomRules? Of(JsonValue schema, CustomRuleType type)
    {
        if (!HasRules(schema)) return null;
        var properties = new Dictionary<string, CustomRules>(StringComparer.Ordinal);
        foreach (var (name, below) in (schema["properties"] ?? JsonValue.EmptyObject).Members)
        {
            if (type.Properties.TryGetValue(name, out var property) && Of(below, property) is { } rules) properties[name] = rules;
        }

        var element = schema["items"] is { IsObject: true } items ? items : schema["additionalProperties"] is { IsObject: true } values ? values : null;
        return new CustomRules(schema, type, CustomRule.Compile(schema, type))
        {
            Properties = properties, Element = element is not null && type.Element is not null ? Of(element, type.Element) : null,
        };
    }
}
