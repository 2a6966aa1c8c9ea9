using ActorPlane.Api.Cel;

namespace ActorPlane.Api;

/// <summary>
/// What rules may see of a value that a schema describes: its type, its parts, and how large it may get, which bounds what a rule may cost.
/// Source: k8s.io/apiserver/pkg/cel/common/schemas.go, pkg/cel/limits.go.
/// </summary>
internal sealed class CustomRuleType
{
    private const long LargestRequest = 3 * 1024 * 1024;
    private const long SmallestText = 2;

    private static readonly JsonValue Text = JsonValue.Object(("type", JsonValue.Of("string")));
    private static readonly JsonValue ObjectMeta = JsonValue.Object(
        ("type", JsonValue.Of("object")), ("properties", JsonValue.Object(("name", Text), ("generateName", Text))));

    private CustomRuleType(JsonValue schema, CelType type) => (Schema, Type) = (schema, type);

    /// <summary>The part of the schema.</summary>
    public JsonValue Schema { get; }

    public CelType Type { get; }

    /// <summary>Of an object the types of its fields, by the names of the properties.</summary>
    public IReadOnlyDictionary<string, CustomRuleType> Properties { get; private init; } = new Dictionary<string, CustomRuleType>();

    /// <summary>The names of the properties, by the identifiers that stand for them.</summary>
    public IReadOnlyDictionary<string, string> Names { get; private init; } = new Dictionary<string, string>();

    /// <summary>Of a list or a map what its values are.</summary>
    public CustomRuleType? Element { get; private init; }

    /// <summary>How long a text, or how large a list or map, may get.</summary>
    public long MostElements { get; private init; }

    /// <summary>How many bytes such a value has at least as JSON.</summary>
    public long LeastSize { get; private init; }

    /// <summary>Whether it is an object with fields.</summary>
    public bool IsObject => Type.Kind == CelTypeKind.Object;

    /// <summary>What rules see; null when a schema has nothing that they could.</summary>
    /// <param name="schema">A part of a structural schema.</param>
    /// <param name="isResource">Whether the values are whole resources, with kind and metadata.</param>
    /// <param name="name">The name of its type.</param>
    public static CustomRuleType? Of(JsonValue schema, bool isResource, string name = "selfType")
    {
        if (schema["x-kubernetes-int-or-string"]?.AsBool == true)
            return new CustomRuleType(schema, CelType.Dyn) { MostElements = schema["maxLength"]?.AsInt64 is { } most ? Math.Max(most, 0) * 4 : LargestRequest - 2, LeastSize = 1 };
        return schema["type"]?.AsString switch
        {
            "array" => List(schema, name),
            "object" when schema["additionalProperties"] is { IsObject: true } values => Map(schema, values, name),
            "object" => Object(schema, isResource, name),
            "string" => OfText(schema),
            "boolean" => new CustomRuleType(schema, CelType.Bool) { LeastSize = 4 },
            "number" => new CustomRuleType(schema, CelType.Double) { LeastSize = 1 },
            "integer" => new CustomRuleType(schema, CelType.Int) { LeastSize = 1 },
            _ => null,
        };
    }

    private static bool IsEmbedded(JsonValue schema) => schema["x-kubernetes-embedded-resource"]?.AsBool == true;

    private static CustomRuleType? List(JsonValue schema, string name)
    {
        if (schema["items"] is not { IsObject: true } items || Of(items, IsEmbedded(items), name + ".@idx") is not { } element) return null;
        return new CustomRuleType(schema, CelType.ListOf(element.Type))
        {
            Element = element, LeastSize = 2,
            MostElements = schema["maxItems"]?.AsInt64 is { } most ? Math.Max(most, 0) : (LargestRequest - 2) / (element.LeastSize + 1),
        };
    }

    private static CustomRuleType? Map(JsonValue schema, JsonValue values, string name)
    {
        if (Of(values, IsEmbedded(values), name + ".@elem") is not { } element) return null;
        return new CustomRuleType(schema, CelType.MapOf(CelType.String, element.Type))
        {
            Element = element, LeastSize = 2,
            MostElements = schema["maxProperties"]?.AsInt64 is { } most ? Math.Max(most, 0) : (LargestRequest - 2) / (element.LeastSize + 6),
        };
    }

    private static CustomRuleType Object(JsonValue schema, bool isResource, string name)
    {
        var properties = schema["properties"] ?? JsonValue.EmptyObject;
        if (isResource) properties = properties.With("kind", Text).With("apiVersion", Text).With("metadata", Metadata(properties["metadata"]));
        var required = (schema["required"] ?? JsonValue.EmptyArray).Items.ToArray().Select(item => item.AsString ?? "").ToHashSet(StringComparer.Ordinal);
        var found = new Dictionary<string, CustomRuleType>(StringComparer.Ordinal);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var fields = new Dictionary<string, CelType>(StringComparer.Ordinal);
        long least = 2;
        foreach (var (property, below) in properties.Members)
        {
            if (Of(below, IsEmbedded(below), $"{name}.{property}") is not { } type) continue;
            found[property] = type;
            if (required.Contains(property) && below["default"] is null) least += property.Length + type.LeastSize + 4;
            if (CustomRuleNames.Escape(property) is not { } identifier) continue;
            names[identifier] = property;
            fields[identifier] = type.Type;
        }

        return new CustomRuleType(schema, CelType.Object(name, fields)) { Properties = found, Names = names, LeastSize = least };
    }

    // What the schema says of names holds, if it says something of both.
    private static JsonValue Metadata(JsonValue? given) =>
        given?.At("properties", "name", "type")?.AsString == "string" && given.At("properties", "generateName", "type")?.AsString == "string" ? given : ObjectMeta;

    private static CustomRuleType OfText(JsonValue schema)
    {
        var most = schema["maxLength"]?.AsInt64;
        return schema["format"]?.AsString switch
        {
            "byte" => new CustomRuleType(schema, CelType.Bytes) { LeastSize = SmallestText, MostElements = most is { } bytes ? Math.Max(bytes, 0) : LargestRequest - 2 },
            "duration" => new CustomRuleType(schema, CelType.Duration) { LeastSize = 3, MostElements = 32 },
            "date" => new CustomRuleType(schema, CelType.Timestamp) { LeastSize = 12, MostElements = 12 },
            "date-time" => new CustomRuleType(schema, CelType.Timestamp) { LeastSize = 21, MostElements = 32 },
            _ => new CustomRuleType(schema, CelType.String)
            {
                LeastSize = SmallestText,
                MostElements = most is { } characters ? Math.Max(characters, 0) * 4
                    : schema["enum"] is { IsArray: true, Items.IsEmpty: false } values ? values.Items.ToArray().Max(value => value.AsString?.Length ?? 0)
                    : LargestRequest - 2,
            },
        };
    }
}
