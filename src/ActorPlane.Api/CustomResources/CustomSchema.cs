using System.Globalization;
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
    private readonly JsonValue? _default;
    private readonly bool _isNullable;

    private CustomSchema(JsonValue source, bool isRoot)
    {
        Source = source;
        var type = source["type"]?.AsString;
        IsIntOrString = source["x-kubernetes-int-or-string"]?.AsBool == true;
        PreservesUnknown = source["x-kubernetes-preserve-unknown-fields"]?.AsBool == true;
        var embedded = source["x-kubernetes-embedded-resource"]?.AsBool == true;
        IsAtomic = source["x-kubernetes-map-type"]?.AsString == "atomic";
        _default = source["default"];
        _isNullable = source["nullable"]?.AsBool == true;
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
        IsUntyped = type is null && !isRoot && !IsIntOrString;
        Kind = IsIntOrString ? SchemaKind.IntOrString : type switch
        {
            "string" => source["format"]?.AsString == "byte" ? SchemaKind.Bytes : SchemaKind.String,
            "integer" => SchemaKind.Int64,
            "number" => SchemaKind.Double,
            "boolean" => SchemaKind.Bool,
            "array" => SchemaKind.List,
            "object" when _fields.Length == 0 && _element is not null => SchemaKind.Map,
            "object" => SchemaKind.Message,
            _ => isRoot ? SchemaKind.Message : PreservesUnknown ? SchemaKind.Map : SchemaKind.Json,
        };
    }

    /// <summary>The schema of a version of a definition.</summary>
    public static CustomSchema Of(CustomResourceDefinitionVersion version) =>
        Of(version.Schema?.OpenAPIV3Schema is { } schema ? JsonCodec.ToTree(schema) : JsonValue.Object(("x-kubernetes-preserve-unknown-fields", JsonValue.True)));

    /// <summary>The schema written as <c>openAPIV3Schema</c>.</summary>
    public static CustomSchema Of(JsonValue openApiV3Schema) => new(openApiV3Schema, isRoot: true);

    /// <summary>The schema of a part of an object.</summary>
    internal static CustomSchema Part(JsonValue schema) => new(schema, isRoot: false);

    /// <summary>As it was written.</summary>
    public JsonValue Source { get; }

    /// <inheritdoc/>
    public override SchemaKind Kind { get; }

    /// <inheritdoc/>
    public override bool IsUntyped { get; }

    /// <inheritdoc/>
    public override ValueSchema? Element => (ValueSchema?)_element ?? (PreservesUnknown ? DeducedSchema.Instance : null);

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
    public JsonValue Prune(JsonValue value, ICollection<string> unknown) => Prune(value, this, null, unknown.Add);

    /// <summary>What is left of an object's content, or of a part of it; the same instance when the schema knows all of it.</summary>
    /// <param name="unknown">Is told the paths of what was dropped; null when nobody cares.</param>
    internal JsonValue PruneContent(JsonValue content, Action<string>? unknown = null) => Prune(content, this, null, unknown);

    /// <summary>
    /// The object with the schema's defaults where it says nothing; a null is nothing unless the field is nullable. The same instance when
    /// nothing was missing.
    /// </summary>
    public JsonValue ApplyDefaults(JsonValue value)
    {
        if (value.IsObject)
        {
            foreach (var field in _fields)
            {
                if (field.Value is not CustomSchema below) continue;
                var given = value[field.JsonName];
                var own = given;
                if (below._default is { } standard && (own is null || (own.IsNull && !below._isNullable))) own = standard;
                if (own is null) continue;
                var complete = below.ApplyDefaults(own);
                if (!ReferenceEquals(complete, given)) value = value.With(field.JsonName, complete);
            }

            if (_element is null || Kind == SchemaKind.List) return value;
            foreach (var (name, item) in value.Members)
            {
                if (Find(name) is not null) continue;
                var complete = _element.ApplyDefaults(item);
                if (!ReferenceEquals(complete, item)) value = value.With(name, complete);
            }

            return value;
        }

        if (!value.IsArray || _element is null) return value;
        JsonValue[]? items = null;
        for (var i = 0; i < value.Items.Length; i++)
        {
            var complete = _element.ApplyDefaults(value.Items[i]);
            if (items is null && ReferenceEquals(complete, value.Items[i])) continue;
            items ??= value.Items.ToArray();
            items[i] = complete;
        }

        return items is null ? value : JsonValue.WrapArray(items);
    }

    private static JsonValue Prune(JsonValue value, CustomSchema schema, Trail? at, Action<string>? unknown)
    {
        if (value.IsArray && schema._element is { } element)
        {
            JsonValue[]? items = null;
            for (var i = 0; i < value.Items.Length; i++)
            {
                var item = Prune(value.Items[i], element, unknown is null ? null : new Trail(at, null, i), unknown);
                if (items is null && ReferenceEquals(item, value.Items[i])) continue;
                items ??= value.Items.ToArray();
                items[i] = item;
            }

            return items is null ? value : JsonValue.WrapArray(items);
        }

        if (!value.IsObject) return value;
        List<JsonMember>? members = null;
        for (var i = 0; i < value.Members.Length; i++)
        {
            var (name, item) = value.Members[i];
            var below = unknown is null ? null : new Trail(at, name, 0);
            JsonValue? kept;
            if (schema.Find(name) is { } field) kept = field.Value is CustomSchema known ? Prune(item, known, below, unknown) : item;
            else if (schema._element is { } values && schema.Kind != SchemaKind.List) kept = Prune(item, values, below, unknown);
            else kept = schema.PreservesUnknown ? item : null;
            if (members is null && ReferenceEquals(kept, item)) continue;
            if (members is null)
            {
                members = new List<JsonMember>(value.Members.Length);
                for (var j = 0; j < i; j++) members.Add(value.Members[j]);
            }

            if (kept is not null) members.Add(new JsonMember(name, kept));
            else unknown?.Invoke(below!.ToString());
        }

        return members is null ? value : JsonValue.WrapObject([.. members]);
    }

    // Where pruning stands; its text is worked out only for what is dropped.
    private sealed record Trail(Trail? Parent, string? Name, int Index)
    {
        public override string ToString() =>
            Name is null ? string.Create(CultureInfo.InvariantCulture, $"{Parent}[{Index}]") : Parent is null ? Name : $"{Parent}.{Name}";
    }
}
