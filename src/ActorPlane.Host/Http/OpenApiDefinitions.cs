using ActorPlane.Api;

namespace ActorPlane.Host.Http;

/// <summary>
/// The types of an OpenAPI document, made from their own descriptors, with all types that they use
/// (<c>k8s.io/kube-openapi/pkg/builder</c>, <c>builder3</c>).
/// </summary>
/// <param name="version">2 or 3.</param>
internal sealed class OpenApiDefinitions(int version)
{
    private const string Meta = "io.k8s.apimachinery.pkg.apis.meta.v1.";
    private const string Custom = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.";
    private const string IntOrString = "io.k8s.apimachinery.pkg.util.intstr.IntOrString";
    private const string Quantity = "io.k8s.apimachinery.pkg.api.resource.Quantity";
    private const string RawExtension = "io.k8s.apimachinery.pkg.runtime.RawExtension";

    private static readonly (PatchStrategy Strategy, string Name)[] Strategies =
        [(PatchStrategy.Merge, "merge"), (PatchStrategy.Replace, "replace"), (PatchStrategy.RetainKeys, "retainKeys")];

    private readonly SortedDictionary<string, JsonValue> _schemas = new(StringComparer.Ordinal);

    /// <summary>All types so far, by name.</summary>
    public JsonValue Document => JsonValue.Object(_schemas.Select(entry => new JsonMember(entry.Key, entry.Value)));

    /// <summary>A reference to a type by its name.</summary>
    public JsonValue Reference(string name) =>
        JsonValue.Object(("$ref", JsonValue.Of((version == 2 ? "#/definitions/" : "#/components/schemas/") + name)));

    /// <summary>Adds a type, with what it uses, and refers to it.</summary>
    public JsonValue Reference(ObjectSchema schema)
    {
        Add(schema);
        return Reference(schema.Name);
    }

    /// <summary>Adds a kind, which documents show as such, and refers to it.</summary>
    public JsonValue Kind(ObjectSchema schema, GroupVersionKind kind)
    {
        Add(schema);
        var tree = _schemas[schema.Name];
        const string Kinds = "x-kubernetes-group-version-kind";
        JsonValue[] known = tree[Kinds] is { } kinds ? kinds.Items.ToArray() : [];
        var named = KindOf(kind);
        if (!known.Contains(named)) _schemas[schema.Name] = tree.With(Kinds, JsonValue.Array([.. known, named]));
        return Reference(schema.Name);
    }

    /// <summary>Adds the list of a resource's kind, and refers to it.</summary>
    public JsonValue List(ResourceInfo info)
    {
        var item = Kind(info.Schema, info.Gvk);
        var name = info.Schema.Name + "List";
        if (!_schemas.ContainsKey(name))
        {
            var kind = info.Gvk with { Kind = info.ListKind };
            _schemas.Add(name, JsonValue.Object(
                ("description", JsonValue.Of($"{kind.Kind} is a list of {info.Plural}.")), ("type", JsonValue.Of("object")),
                ("required", JsonValue.Array(JsonValue.Of("items"))),
                ("properties", JsonValue.Object(
                    ("apiVersion", Described(Plain("string", null), Descriptions.Field(name, "apiVersion"))),
                    ("items", Described(JsonValue.Object(("type", JsonValue.Of("array")), ("items", item)), $"The {info.Plural}.")),
                    ("kind", Described(Plain("string", null), Descriptions.Field(name, "kind"))),
                    ("metadata", Described(Reference(Api.Meta.V1.ListMeta.Descriptor), Descriptions.Field(name, "metadata"))))),
                ("x-kubernetes-group-version-kind", JsonValue.Array(KindOf(kind)))));
        }

        return Reference(name);
    }

    /// <summary>A kind as documents name it.</summary>
    public static JsonValue KindOf(GroupVersionKind kind) =>
        JsonValue.Object(("group", JsonValue.Of(kind.Group)), ("kind", JsonValue.Of(kind.Kind)), ("version", JsonValue.Of(kind.Version)));

    private void Add(ObjectSchema schema)
    {
        if (!_schemas.TryAdd(schema.Name, JsonValue.EmptyObject)) return;
        if (schema is CustomObjectSchema custom)
        {
            _schemas[schema.Name] = OpenApiCustomSchema.Of(
                custom, version, Header(schema.Name, "apiVersion", Plain("string", null)), Header(schema.Name, "kind", Plain("string", null)),
                Header(schema.Name, "metadata", Reference(Api.Meta.V1.ObjectMeta.Descriptor)));
            return;
        }

        var properties = schema.Fields
            .Select(field => new JsonMember(field.JsonName, Described(Property(schema, field), Descriptions.Field(schema.Name, field.JsonName))))
            .OrderBy(property => property.Name, StringComparer.Ordinal).ToList();
        var required = schema.Fields.Where(field => field.Flags.HasFlag(FieldFlags.Required)).Select(field => JsonValue.Of(field.JsonName)).ToList();
        var tree = JsonValue.EmptyObject;
        if (Descriptions.Type(schema.Name) is { } description) tree = tree.With("description", JsonValue.Of(description));
        tree = tree.With("type", JsonValue.Of("object"));
        if (required.Count > 0) tree = tree.With("required", JsonValue.Array(required));
        if (properties.Count > 0) tree = tree.With("properties", JsonValue.Object(properties));
        _schemas[schema.Name] = schema.Atomic ? tree.With("x-kubernetes-map-type", JsonValue.Of("atomic")) : tree;
    }

    private JsonMember Header(string type, string field, JsonValue tree) => new(field, Described(tree, Descriptions.Field(type, field)));

    private JsonValue Property(ObjectSchema owner, FieldSchema field)
    {
        var tree = Value(owner, field, field.Value);
        if (field.Value.Kind == SchemaKind.Map && field.IsAtomic) return tree.With("x-kubernetes-map-type", JsonValue.Of("atomic"));

        // kubectl makes the patches of an apply from these.
        var strategy = string.Join(',', Strategies.Where(known => field.PatchStrategy.HasFlag(known.Strategy)).Select(known => known.Name));
        if (field.Value.Kind != SchemaKind.List) return strategy.Length == 0 ? tree : tree.With("x-kubernetes-patch-strategy", JsonValue.Of(strategy));

        // A list that only strategic patches know how to merge says so to them alone.
        var isMerged = field.PatchStrategy.HasFlag(PatchStrategy.Merge);
        if (field.ListType != ListType.Atomic || !isMerged) tree = tree.With("x-kubernetes-list-type", JsonValue.Of(field.ListType.ToString().ToLowerInvariant()));
        if (!field.ListMapKeys.IsEmpty) tree = tree.With("x-kubernetes-list-map-keys", JsonValue.Array(field.ListMapKeys.Select(JsonValue.Of)));
        if (field.PatchMergeKey is { } key) tree = tree.With("x-kubernetes-patch-merge-key", JsonValue.Of(key));
        return strategy.Length == 0 ? tree : tree.With("x-kubernetes-patch-strategy", JsonValue.Of(strategy));
    }

    private JsonValue Value(ObjectSchema owner, FieldSchema field, ValueSchema value)
    {
        if (value.Message is { } message) return Reference(message);
        return value.Kind switch
        {
            SchemaKind.List => JsonValue.Object(("type", JsonValue.Of("array")), ("items", Value(owner, field, value.Element!))),
            SchemaKind.Map => JsonValue.Object(("type", JsonValue.Of("object")), ("additionalProperties", Value(owner, field, value.Element!))),
            SchemaKind.Int32 => Plain("integer", "int32"),
            SchemaKind.Int64 => Plain("integer", "int64"),
            SchemaKind.Bool => Plain("boolean", null),
            SchemaKind.Double => Plain("number", "double"),
            SchemaKind.Bytes => Plain("string", "byte"),
            SchemaKind.Timestamp => Named(Meta + "Time", Plain("string", "date-time")),
            SchemaKind.MicroTimestamp => Named(Meta + "MicroTime", Plain("string", "date-time")),
            SchemaKind.Quantity => Named(Quantity, version == 2 ? Plain("string", null) : OneOf("string", "number")),
            SchemaKind.IntOrString => Named(
                IntOrString, version == 2 ? Plain("string", "int-or-string") : OneOf("integer", "string").With("format", JsonValue.Of("int-or-string"))),
            SchemaKind.Json => AnyJson(owner, field),
            _ => OpenApiEnums.Of(owner.Name, field.JsonName) is { } values ? Plain("string", null).With("enum", values) : Plain("string", null),
        };
    }

    /// <summary>Free values have a type of their own in Kubernetes; ours are all the same.</summary>
    private JsonValue AnyJson(ObjectSchema owner, FieldSchema field)
    {
        if (field.JsonName == "fieldsV1") return Named(Meta + "FieldsV1", Plain("object", null));
        if (!owner.Name.StartsWith(Custom, StringComparison.Ordinal)) return Named(RawExtension, Plain("object", null));
        var type = field.JsonName switch
        {
            "items" => "JSONSchemaPropsOrArray",
            "additionalItems" or "additionalProperties" => "JSONSchemaPropsOrBool",
            "dependencies" => "JSONSchemaPropsOrStringArray",
            _ => "JSON",
        };
        return Named(Custom + type, JsonValue.EmptyObject);
    }

    private JsonValue Named(string name, JsonValue tree)
    {
        if (!_schemas.ContainsKey(name)) _schemas.Add(name, Descriptions.Type(name) is { } text ? Described(tree, text) : tree);
        return Reference(name);
    }

    /// <summary>In version 3 nothing may stand beside a reference, so that it is wrapped.</summary>
    private JsonValue Described(JsonValue tree, string? description)
    {
        if (version == 3 && tree["$ref"] is { } target && (description is not null || tree.Members.Length > 1))
            tree = JsonValue.Object([new("allOf", JsonValue.Array(JsonValue.Object(("$ref", target)))), .. tree.Without("$ref").Members.ToArray()]);
        return description is null ? tree : JsonValue.Object([new("description", JsonValue.Of(description)), .. tree.Members.ToArray()]);
    }

    private static JsonValue OneOf(params string[] types) =>
        JsonValue.Object(("oneOf", JsonValue.Array(types.Select(type => Plain(type, null)))));

    private static JsonValue Plain(string type, string? format)
    {
        var tree = JsonValue.Object(("type", JsonValue.Of(type)));
        return format is null ? tree : tree.With("format", JsonValue.Of(format));
    }
}
