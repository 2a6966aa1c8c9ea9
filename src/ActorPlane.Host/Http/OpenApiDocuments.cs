using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ActorPlane.Api;

namespace ActorPlane.Host.Http;

/// <summary>
/// OpenAPI. Version 3 is made from the types' own descriptors: enough for <c>kubectl explain</c>, and to tell clients that
/// the server validates fields itself. Version 2 is an empty document, which clients take for that same answer.
/// </summary>
internal sealed class OpenApiDocuments
{
    private static readonly ConditionalWeakTable<ResourceRegistry, OpenApiDocuments> ByRegistry = [];
    private readonly DiscoveryDocuments _offered;
    private readonly ConcurrentDictionary<(string Group, string Version), byte[]> _documents = new();

    private OpenApiDocuments(ResourceRegistry registry) => _offered = DiscoveryDocuments.Of(registry);

    /// <summary>
    /// Content-Type of version 2. Clients ask for it with an at sign before the version, which is no media type by the
    /// rules and must not come back so.
    /// </summary>
    public const string V2Type = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    /// <summary>A protobuf document that says it is version 2.0, and nothing else.</summary>
    public static byte[] V2 { get; } = [0x0a, 0x03, 0x32, 0x2e, 0x30];

    /// <summary>The documents of what a registry serves; each is worked out once.</summary>
    public static OpenApiDocuments Of(ResourceRegistry registry) => ByRegistry.GetValue(registry, static r => new OpenApiDocuments(r));

    /// <summary><c>/openapi/v3</c>: where the documents are.</summary>
    public JsonValue Index() => JsonValue.Object(("paths", JsonValue.Object(_offered.Versions.Select(v =>
    {
        var path = v.Group.Length == 0 ? $"api/{v.Version}" : $"apis/{v.Group}/{v.Version}";
        return new JsonMember(path, JsonValue.Object(("serverRelativeURL", JsonValue.Of($"/openapi/v3/{path}"))));
    }))));

    /// <summary>The document of a version; null when there is none.</summary>
    public byte[]? Document(string group, string version)
    {
        var found = _offered.Versions.FirstOrDefault(v => v.Group == group && v.Version == version);
        return found.Resources is null ? null : _documents.GetOrAdd((group, version), static (_, resources) => Build(resources), found.Resources);
    }

    private static byte[] Build(IReadOnlyList<ResourceInfo> resources)
    {
        var paths = new List<JsonMember>();
        var schemas = new SortedDictionary<string, JsonValue>(StringComparer.Ordinal);
        foreach (var info in resources)
        {
            var root = info.Gvk.Group.Length == 0 ? $"/api/{info.Gvk.Version}" : $"/apis/{info.Gvk.Group}/{info.Gvk.Version}";
            var collection = $"{root}{(info.Namespaced ? "/namespaces/{namespace}" : "")}/{info.Plural}";
            if (info.Allows("create")) paths.Add(new JsonMember(collection, JsonValue.Object(("post", Operation(info, "post")))));
            var operations = new List<JsonMember>();
            if (info.Allows("get")) operations.Add(new JsonMember("get", Operation(info, "get")));
            if (info.Allows("update")) operations.Add(new JsonMember("put", Operation(info, "put")));
            if (info.Allows("patch")) operations.Add(new JsonMember("patch", Operation(info, "patch")));
            if (info.Allows("delete")) operations.Add(new JsonMember("delete", Operation(info, "delete")));
            if (operations.Count > 0) paths.Add(new JsonMember(collection + "/{name}", JsonValue.Object(operations)));
            Define(info.Schema, schemas);
            schemas[info.Schema.Name] = schemas[info.Schema.Name].With("x-kubernetes-group-version-kind", JsonValue.Array(Kind(info.Gvk)));
        }

        return JsonValue.Object(
            ("openapi", JsonValue.Of("3.0.0")),
            ("info", JsonValue.Object(("title", JsonValue.Of("Kubernetes")), ("version", JsonValue.Of(ServerVersion.GitVersion)))),
            ("paths", JsonValue.Object(paths)),
            ("components", JsonValue.Object(("schemas", JsonValue.Object(schemas.Select(entry => new JsonMember(entry.Key, entry.Value))))))).ToUtf8();
    }

    private static JsonValue Operation(ResourceInfo info, string action)
    {
        var tree = JsonValue.Object(
            ("x-kubernetes-action", JsonValue.Of(action)), ("x-kubernetes-group-version-kind", Kind(info.Gvk)),
            ("responses", JsonValue.Object(("200", JsonValue.Object(
                ("description", JsonValue.Of("OK")),
                ("content", JsonValue.Object(("application/json", JsonValue.Object(("schema", Reference(info.Schema)))))))))));
        if (action is "get" or "delete") return tree;
        return tree.With("parameters", JsonValue.Array(Parameter("dryRun"), Parameter("fieldManager"), Parameter("fieldValidation")));
    }

    private static JsonValue Parameter(string name) => JsonValue.Object(
        ("name", JsonValue.Of(name)), ("in", JsonValue.Of("query")), ("schema", JsonValue.Object(("type", JsonValue.Of("string")))));

    private static JsonValue Kind(GroupVersionKind kind) =>
        JsonValue.Object(("group", JsonValue.Of(kind.Group)), ("version", JsonValue.Of(kind.Version)), ("kind", JsonValue.Of(kind.Kind)));

    private static JsonValue Reference(ObjectSchema schema) => JsonValue.Object(("$ref", JsonValue.Of("#/components/schemas/" + schema.Name)));

    private static void Define(ObjectSchema schema, SortedDictionary<string, JsonValue> schemas)
    {
        if (!schemas.TryAdd(schema.Name, JsonValue.EmptyObject)) return;
        var properties = new List<JsonMember>();
        foreach (var field in schema.Fields) properties.Add(new JsonMember(field.JsonName, Property(field.Value, field, schemas)));
        var required = schema.Fields.Where(field => field.Flags.HasFlag(FieldFlags.Required)).Select(field => JsonValue.Of(field.JsonName)).ToList();
        var tree = JsonValue.Object(("type", JsonValue.Of("object")));
        if (required.Count > 0) tree = tree.With("required", JsonValue.Array(required));
        schemas[schema.Name] = tree.With("properties", JsonValue.Object(properties));
    }

    private static JsonValue Property(ValueSchema value, FieldSchema? field, SortedDictionary<string, JsonValue> schemas)
    {
        if (value.Message is { } message)
        {
            Define(message, schemas);
            return JsonValue.Object(("allOf", JsonValue.Array(Reference(message))), ("default", JsonValue.EmptyObject));
        }

        switch (value.Kind)
        {
            case SchemaKind.List:
                var list = JsonValue.Object(("type", JsonValue.Of("array")), ("items", Property(value.Element!, null, schemas)));
                if (field is null) return list;
                list = list.With("x-kubernetes-list-type", JsonValue.Of(field.ListType.ToString().ToLowerInvariant()));
                if (!field.ListMapKeys.IsEmpty) list = list.With("x-kubernetes-list-map-keys", JsonValue.Array(field.ListMapKeys.Select(JsonValue.Of)));
                if (field.PatchMergeKey is { } key) list = list.With("x-kubernetes-patch-merge-key", JsonValue.Of(key));
                return field.PatchStrategy.HasFlag(PatchStrategy.Merge) ? list.With("x-kubernetes-patch-strategy", JsonValue.Of("merge")) : list;
            case SchemaKind.Map:
                return JsonValue.Object(("type", JsonValue.Of("object")), ("additionalProperties", Property(value.Element!, null, schemas)));
            case SchemaKind.Int32: return Plain("integer", "int32");
            case SchemaKind.Int64: return Plain("integer", "int64");
            case SchemaKind.Bool: return Plain("boolean", null);
            case SchemaKind.Double: return Plain("number", "double");
            case SchemaKind.Timestamp or SchemaKind.MicroTimestamp: return Plain("string", "date-time");
            case SchemaKind.Bytes: return Plain("string", "byte");
            case SchemaKind.IntOrString: return JsonValue.Object(("x-kubernetes-int-or-string", JsonValue.True), ("type", JsonValue.Of("string")), ("format", JsonValue.Of("int-or-string")));
            case SchemaKind.Json: return JsonValue.Object(("type", JsonValue.Of("object")), ("x-kubernetes-preserve-unknown-fields", JsonValue.True));
            default: return Plain("string", null);
        }
    }

    private static JsonValue Plain(string type, string? format)
    {
        var tree = JsonValue.Object(("type", JsonValue.Of(type)));
        return format is null ? tree : tree.With("format", JsonValue.Of(format));
    }
}
