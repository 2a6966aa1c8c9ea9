using ActorPlane.Api;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Host.Http;

/// <summary>
/// The paths of a resource and what can be done with each, as an OpenAPI document describes them
/// (<c>apiserver/pkg/endpoints/installer.go</c>).
/// </summary>
/// <param name="version">2 or 3.</param>
/// <param name="definitions">Gets the types that the operations need.</param>
internal sealed class OpenApiOperations(int version, OpenApiDefinitions definitions)
{
    private static readonly string[] Produced = ["application/json", "application/yaml", "application/vnd.kubernetes.protobuf"];

    private static readonly string[] Patches =
    [
        "application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json", "application/apply-patch+yaml",
    ];

    // Only built-in kinds have types that tell how to merge.
    private static readonly string[] CustomPatches = ["application/json-patch+json", "application/merge-patch+json", "application/apply-patch+yaml"];

    private static readonly (string Name, string Type)[] ListOptions =
    [
        ("allowWatchBookmarks", "boolean"), ("continue", "string"), ("fieldSelector", "string"), ("labelSelector", "string"), ("limit", "integer"),
        ("resourceVersion", "string"), ("resourceVersionMatch", "string"), ("sendInitialEvents", "boolean"), ("timeoutSeconds", "integer"), ("watch", "boolean"),
    ];

    private static readonly (string Name, string Type)[] DeleteOptions =
        [("dryRun", "string"), ("gracePeriodSeconds", "integer"), ("orphanDependents", "boolean"), ("propagationPolicy", "string")];

    private static readonly (string Name, string Type)[] WriteOptions = [("dryRun", "string"), ("fieldManager", "string"), ("fieldValidation", "string")];

    /// <summary>The paths of a resource, each with its operations.</summary>
    public IEnumerable<JsonMember> Paths(ResourceInfo info)
    {
        var root = info.Gvk.Group.Length == 0 ? $"/api/{info.Gvk.Version}/" : $"/apis/{info.Gvk.Group}/{info.Gvk.Version}/";
        var collection = $"{root}{(info.Namespaced ? "namespaces/{namespace}/" : "")}{info.Plural}";
        var kind = definitions.Kind(info.Schema, info.Gvk);
        var list = info.Allows("list") ? definitions.List(info) : null;
        var scope = info.Namespaced ? "Namespaced" : "";

        JsonMember? Many(string method, string verb, string action, string id, JsonValue? body, JsonValue answer, (string, string)[] options) =>
            info.Allows(verb) ? new JsonMember(method, Operation(info.Gvk, info.Gvk, action, id, body, answer, options)) : null;

        var status = definitions.Kind(Status.Descriptor, new GroupVersionKind("", "v1", "Status"));
        var deletion = definitions.Kind(Api.Meta.V1.DeleteOptions.Descriptor, new GroupVersionKind("", "v1", "DeleteOptions"));
        var patch = definitions.Reference(info.Schema);
        if (list is not null && info.Namespaced)
        {
            yield return Path(
                root + info.Plural, hasName: false, isNamespaced: false,
                Many("get", "list", "list", $"list|{info.Gvk.Kind}ForAllNamespaces", null, list, ListOptions));
        }

        yield return Path(
            collection, hasName: false, info.Namespaced,
            list is null ? null : Many("get", "list", "list", $"list|{scope}{info.Gvk.Kind}", null, list, ListOptions),
            Many("post", "create", "post", $"create|{scope}{info.Gvk.Kind}", kind, kind, WriteOptions),
            Many("delete", "deletecollection", "deletecollection", $"delete|Collection{scope}{info.Gvk.Kind}", deletion, status, [.. ListOptions, .. DeleteOptions]));
        if (info.Allows("get") || info.Allows("update"))
        {
            yield return Path(
                collection + "/{name}", hasName: true, info.Namespaced,
                Many("get", "get", "get", $"read|{scope}{info.Gvk.Kind}", null, kind, []),
                Many("put", "update", "put", $"replace|{scope}{info.Gvk.Kind}", kind, kind, WriteOptions),
                Many("patch", "patch", "patch", $"patch|{scope}{info.Gvk.Kind}", patch, kind, [.. WriteOptions, ("force", "boolean")]),
                Many("delete", "delete", "delete", $"delete|{scope}{info.Gvk.Kind}", deletion, status, DeleteOptions));
        }

        foreach (var sub in info.Subresources)
        {
            // Streams and proxies carry no objects.
            if (KubeTypes.Schema(sub.Kind) is not { } schema || sub.Name == "log") continue;
            var part = definitions.Kind(schema, sub.Kind);
            var name = $"{scope}{info.Gvk.Kind}{char.ToUpperInvariant(sub.Name[0])}{sub.Name[1..]}";

            JsonMember? One(string method, string verb, string action, string id, JsonValue? body, (string, string)[] options) =>
                sub.Verbs.Contains(verb) ? new JsonMember(method, Operation(info.Gvk, sub.Kind, action, id + name, body, part, options)) : null;

            yield return Path(
                $"{collection}/{{name}}/{sub.Name}", hasName: true, info.Namespaced,
                One("get", "get", "get", "read|", null, []), One("put", "update", "put", "replace|", part, WriteOptions),
                One("post", "create", "post", "create|", part, WriteOptions),
                One("patch", "patch", "patch", "patch|", part, [.. WriteOptions, ("force", "boolean")]));
        }
    }

    private JsonMember Path(string path, bool hasName, bool isNamespaced, params JsonMember?[] operations)
    {
        var parameters = new List<JsonValue>();
        if (hasName) parameters.Add(Parameter("name", "path", "string"));
        if (isNamespaced) parameters.Add(Parameter("namespace", "path", "string"));
        parameters.Add(Parameter("pretty", "query", "string"));
        return new JsonMember(path, JsonValue.Object(
            [.. operations.Where(operation => operation is not null).Select(operation => operation!.Value), new JsonMember("parameters", JsonValue.Array(parameters))]));
    }

    private JsonValue Operation(
        GroupVersionKind owner, GroupVersionKind kind, string action, string id, JsonValue? body, JsonValue answer, (string Name, string Type)[] options)
    {
        var isPatch = action == "patch";
        var parameters = options.Select(option => Parameter(option.Name, "query", option.Type)).ToList();
        if (body is not null && version == 2)
            parameters.Insert(0, JsonValue.Object(("in", JsonValue.Of("body")), ("name", JsonValue.Of("body")), ("required", JsonValue.Of(action is not ("delete" or "deletecollection"))), ("schema", body)));
        var members = new List<JsonMember>
        {
            new("tags", JsonValue.Array(JsonValue.Of(Tag(owner)))),
            new("operationId", JsonValue.Of(id.Replace("|", Title(owner), StringComparison.Ordinal))),
        };
        if (parameters.Count > 0) members.Add(new("parameters", JsonValue.Array(parameters)));
        if (version == 2)
        {
            members.Add(new("consumes", Texts(isPatch ? KubeTypes.Find(owner) is null ? CustomPatches : Patches : ["*/*"])));
            members.Add(new("produces", Texts(Produced)));
            members.Add(new("schemes", Texts("https")));
        }
        else if (body is not null)
        {
            members.Add(new("requestBody", JsonValue.Object(("content", Content(body, isPatch ? KubeTypes.Find(owner) is null ? CustomPatches : Patches : ["*/*"])))));
        }

        members.Add(new("responses", JsonValue.Object(Codes(action).Select(code => new JsonMember(code, version == 2
            ? JsonValue.Object(("description", JsonValue.Of("OK")), ("schema", answer))
            : JsonValue.Object(("description", JsonValue.Of("OK")), ("content", Content(answer, Produced))))))));
        members.Add(new("x-kubernetes-action", JsonValue.Of(action)));
        members.Add(new("x-kubernetes-group-version-kind", OpenApiDefinitions.KindOf(kind)));
        return JsonValue.Object(members);
    }

    private JsonValue Parameter(string name, string place, string type)
    {
        var tree = JsonValue.Object(("in", JsonValue.Of(place)), ("name", JsonValue.Of(name)));
        if (place == "path") tree = tree.With("required", JsonValue.True);
        if (version == 2) return tree.With("type", JsonValue.Of(type)).With("uniqueItems", JsonValue.True);
        return tree.With("schema", JsonValue.Object(("type", JsonValue.Of(type)), ("uniqueItems", JsonValue.True)));
    }

    private static JsonValue Content(JsonValue schema, string[] types) =>
        JsonValue.Object(types.Select(type => new JsonMember(type, JsonValue.Object(("schema", schema)))));

    private static JsonValue Texts(params string[] texts) => JsonValue.Array(texts.Select(JsonValue.Of));

    private static string[] Codes(string action) => action switch
    {
        "post" => ["200", "201", "202"],
        "put" or "patch" => ["200", "201"],
        "delete" => ["200", "202"],
        _ => ["200"],
    };

    /// <summary><c>core_v1</c>, <c>rbacAuthorization_v1</c>.</summary>
    private static string Tag(GroupVersionKind kind)
    {
        var title = GroupTitle(kind.Group);
        return $"{char.ToLowerInvariant(title[0])}{title[1..]}_{kind.Version}";
    }

    /// <summary><c>CoreV1</c>, <c>RbacAuthorizationV1</c>.</summary>
    private static string Title(GroupVersionKind kind) => $"{GroupTitle(kind.Group)}{char.ToUpperInvariant(kind.Version[0])}{kind.Version[1..]}";

    private static string GroupTitle(string group)
    {
        if (group.Length == 0) return "Core";
        var name = group.EndsWith(".k8s.io", StringComparison.Ordinal) ? group[..^".k8s.io".Length] : group;
        return string.Concat(name.Split('.').Select(part => $"{char.ToUpperInvariant(part[0])}{part[1..]}"));
    }
}
