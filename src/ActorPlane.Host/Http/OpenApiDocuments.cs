using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ActorPlane.Api;

namespace ActorPlane.Host.Http;

/// <summary>
/// OpenAPI, made from the types' own descriptors when it is first asked for: version 3 in one document for each group and
/// version, version 2 in one for all, as JSON or protobuf. Clients take from it what <c>kubectl explain</c> prints, what they
/// validate themselves, and that the server validates fields.
/// </summary>
internal sealed class OpenApiDocuments
{
    /// <summary>
    /// Content-Type of version 2 in protobuf. Clients ask for it with an at sign before the version, which is no media type
    /// by the rules and must not come back so.
    /// </summary>
    public const string V2Type = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    private static readonly ConditionalWeakTable<ResourceRegistry, OpenApiDocuments> ByRegistry = [];

    private readonly DiscoveryDocuments _offered;
    private readonly ConcurrentDictionary<(string Group, string Version), byte[]> _documents = new();
    private readonly Lazy<byte[]> _secondAsJson;
    private readonly Lazy<byte[]> _secondAsProtobuf;

    private OpenApiDocuments(ResourceRegistry registry)
    {
        _offered = DiscoveryDocuments.Of(registry);
        _secondAsJson = new Lazy<byte[]>(() => Second().ToUtf8());
        _secondAsProtobuf = new Lazy<byte[]>(() => OpenApiProtobuf.Encode(Second()));
    }

    /// <summary>The documents of what a registry serves; each is worked out once.</summary>
    public static OpenApiDocuments Of(ResourceRegistry registry) => ByRegistry.GetValue(registry, static r => new OpenApiDocuments(r));

    /// <summary><c>/openapi/v2</c>: body and Content-Type for an Accept header.</summary>
    public (byte[] Body, string Type) V2(string accept) =>
        accept.Contains("com.github.proto-openapi.spec.v2", StringComparison.Ordinal) ? (_secondAsProtobuf.Value, V2Type) : (_secondAsJson.Value, "application/json");

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
        if (found.Resources is null) return null;

        // What is built in does not change with the definitions.
        var builtIn = Of(ResourceRegistry.BuiltIn);
        return this != builtIn && found.Resources.All(info => info.Custom is null)
            ? builtIn.Document(group, version)
            : _documents.GetOrAdd((group, version), static (_, resources) => Third(resources), found.Resources);
    }

    private JsonValue Second()
    {
        var definitions = new OpenApiDefinitions(2);
        var operations = new OpenApiOperations(2, definitions);
        var paths = _offered.Versions.SelectMany(v => v.Resources).SelectMany(operations.Paths).ToList();
        return JsonValue.Object(
            ("swagger", JsonValue.Of("2.0")), ("info", Info()), ("paths", JsonValue.Object(paths)), ("definitions", definitions.Document));
    }

    private static byte[] Third(IReadOnlyList<ResourceInfo> resources)
    {
        var definitions = new OpenApiDefinitions(3);
        var operations = new OpenApiOperations(3, definitions);
        var paths = resources.SelectMany(operations.Paths).ToList();
        return JsonValue.Object(
            ("openapi", JsonValue.Of("3.0.0")), ("info", Info()), ("paths", JsonValue.Object(paths)),
            ("components", JsonValue.Object(("schemas", definitions.Document)))).ToUtf8();
    }

    private static JsonValue Info() =>
        JsonValue.Object(("title", JsonValue.Of("Kubernetes")), ("version", JsonValue.Of(ServerVersion.GitVersion)));
}
