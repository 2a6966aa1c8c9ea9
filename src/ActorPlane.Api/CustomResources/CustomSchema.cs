using ActorPlane.Api.ApiExtensions.V1;

namespace ActorPlane.Api;

/// <summary>
/// The structural schema of a custom resource: the shape that patches and server-side apply follow, with pruning, defaulting and
/// validation. Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/schema.
/// </summary>
public sealed class CustomSchema : ValueSchema
{
    private readonly Dictionary<string, FieldSchema> _byName = new(StringComparer.Ordinal);
    private readonly FieldSchema[] _fields;
    private readonly CustomSchema? _element;

    private CustomSchema(JsonValue source, bool isRoot)
    {
        Source = source;
        var type = source["type"]?.AsString;
        IsIntOrString = source["x-kubernetes-int-or-string"]?.AsBool == true;
        PreservesUnknown = source["x-kubernetes-preserve-unknown-fields"]?.AsBool == true;
        var embedded = source["x-kubernetes-embedded-resource"]?.AsBool == true;
        IsAtomic = source["x-kubernetes-map-type"]?.AsString == "atomic";
        var fields = new List<FieldSchema>();
        foreach (var (name, value) in (source["properties"] ?? JsonValue.EmptyObject).Members)
        {
            if ((isRoot || embedded) && name is ("apiVersion" or "kind" or "metadata")) continue;
            fields.Add(new CustomField(name, new CustomSchema(value, isRoot: false), value));
        }

        if (isRoot || embedded)
        {
            fields.Insert(0, new CustomField("metadata", Meta.V1.ObjectMeta.Descriptor, JsonValue.EmptyObject));
            fields.Insert(0, new CustomField("apiVersion", Codecs.String, JsonValue.EmptyObject));
            fields.Insert(0, new CustomField("kind", Codecs.String, JsonValue.EmptyObject));
        }

        _fields = [.. fields];
        foreach (var field in fields) _byName[field.JsonName] = field;
        var values = source["additionalProperties"];
        if (source["items"] is { IsObject: true } items) _element = new CustomSchema(items, isRoot: false);
        else if (values is { IsObject: true }) _element = new CustomSchema(values, isRoot: false);
        else if (values?.AsBool == true) PreservesUnknown = true;
        Kind = IsIntOrString ? SchemaKind.IntOrString : type switch
        {
            "string" => source["format"]?.AsString == "byte" ? SchemaKind.Bytes : SchemaKind.String,
            "integer" => SchemaKind.Int64,
            "number" => SchemaKind.Double,
            "boolean" => SchemaKind.Bool,
            "array" => SchemaKind.List,
            "object" when _fields.Length == 0 && _element is not null => SchemaKind.Map,
            "object" => SchemaKind.Message,
            _ => isRoot ? SchemaKind.Message : SchemaKind.Json,
        };
    }

    /// <summary>The schema of a version of a definition.</summary>
    public static CustomSchema Of(CustomResourceDefinitionVersion version) =>
        Of(version.Schema?.OpenAPIV3Schema is { } schema ? JsonCodec.ToTree(schema) : JsonValue.Object(("x-kubernetes-preserve-unknown-fields", JsonValue.True)));

    /// <summary>The schema written as <c>openAPIV3Schema</c>.</summary>
    public static CustomSchema Of(JsonValue openApiV3Schema) => new(openApiV3Schema, isRoot: true);

    /// <summary>As it was written.</summary>
    public JsonValue Source { get; }

    /// <inheritdoc/>
    public override SchemaKind Kind { get; }

    /// <inheritdoc/>
    public override ValueSchema? Element => _element;

    /// <inheritdoc/>
    public override IReadOnlyList<FieldSchema> Fields => _fields;

    /// <inheritdoc/>
    public override bool IsAtomic { get; }

    /// <summary>Whether a number or a text may stand here.</summary>
    public bool IsIntOrString { get; }

    /// <summary>Whether fields that the schema does not know are kept.</summary>
    public bool PreservesUnknown { get; }

    internal CustomSchema? ElementSchema => _element;

    /// <inheritdoc/>
    public override FieldSchema? Find(string jsonName) => _byName.GetValueOrDefault(jsonName);

    /// <summary>The object without fields that the schema does not know.</summary>
    /// <param name="value">The object.</param>
    /// <param name="unknown">Gets the paths of what was dropped, as strict decoding names them: <c>spec.x</c>, <c>spec.list[0].y</c>.</param>
    public JsonValue Prune(JsonValue value, ICollection<string> unknown) => Prune(value, this, "", unknown);

    /// <summary>The object with the schema's defaults where it says nothing; a null is nothing unless the field is nullable.</summary>
    public JsonValue ApplyDefaults(JsonValue value)
    {
        if (value.IsObject)
        {
            foreach (var field in _fields)
            {
                if (field.Value is not CustomSchema below) continue;
                var own = value[field.JsonName];
                var standard = below.Source["default"];
                if (standard is not null && (own is null || (own.IsNull && below.Source["nullable"]?.AsBool != true))) own = standard;
                if (own is null) continue;
                value = value.With(field.JsonName, below.ApplyDefaults(own));
            }

            if (_element is null || Kind == SchemaKind.List) return value;
            foreach (var (name, item) in value.Members)
            {
                if (Find(name) is null) value = value.With(name, _element.ApplyDefaults(item));
            }

            return value;
        }

        if (!value.IsArray || _element is null) return value;
        return JsonValue.WrapArray([.. value.Items.ToArray().Select(_element.ApplyDefaults)]);
    }

    private static JsonValue Prune(JsonValue value, CustomSchema schema, string path, ICollection<string> unknown)
    {
        if (value.IsArray && schema._element is { } element)
        {
            var items = value.Items.ToArray();
            for (var i = 0; i < items.Length; i++) items[i] = Prune(items[i], element, $"{path}[{i}]", unknown);
            return JsonValue.WrapArray(items);
        }

        if (!value.IsObject) return value;
        var members = new List<JsonMember>(value.Members.Length);
        foreach (var (name, item) in value.Members)
        {
            var at = path.Length == 0 ? name : path + "." + name;
            if (schema.Find(name) is { } field) members.Add(new JsonMember(name, field.Value is CustomSchema below ? Prune(item, below, at, unknown) : item));
            else if (schema._element is { } values && schema.Kind != SchemaKind.List) members.Add(new JsonMember(name, Prune(item, values, at, unknown)));
            else if (schema.PreservesUnknown) members.Add(new JsonMember(name, item));
            else unknown.Add(at);
        }

        return JsonValue.WrapObject([.. members]);
    }
}
