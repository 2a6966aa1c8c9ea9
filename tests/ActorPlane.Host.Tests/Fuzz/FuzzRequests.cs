using System.Text;
using ActorPlane.Api;

namespace ActorPlane.Host.Tests.Fuzz;

/// <summary>Draws requests from a seed: every verb on every kind, in every form, right, nearly right and wrong.</summary>
internal sealed class FuzzRequests
{
    /// <summary>The namespaces in which objects are made.</summary>
    public static readonly string[] Spaces = ["fuzz", "fuzz-other"];

    private static readonly string[] Names = ["f", "f", "f", "g"];

    private static readonly string[] OddNames =
        ["F", "a b", "a%2Fb", "%2e%2e", "..", ".", "%00", "%ff", "%C3%28", "%", "%zz", "é", "%F0%9F%92%A5", "a:b", "a.b", "-", "*", "$", "''", "{}", "a;b", "a,b"];

    private static readonly string[] Patches =
    [
        "application/merge-patch+json", "application/strategic-merge-patch+json", "application/json-patch+json", "application/apply-patch+yaml",
    ];

    private static readonly string[] MediaTypes =
    [
        "application/json; charset=utf-8", "application/json;charset=utf-16", "APPLICATION/JSON", "application/json;", "application/yaml", "application/yaml; charset=utf-8", "text/plain", "text/yaml",
        "application/xml", "*/*", "application", "/", ";", "application/vnd.kubernetes.protobuf", "application/vnd.kubernetes.protobuf;stream=watch", "application/cbor",
        "application/apply-patch+cbor", "multipart/form-data", "application/json, application/yaml",
    ];

    private static readonly string[] Accepts =
    [
        "application/json", "*/*", "application/yaml", "application/vnd.kubernetes.protobuf", "application/vnd.kubernetes.protobuf,application/json",
        "application/json;as=Table;v=v1;g=meta.k8s.io,application/json", "application/json;as=Table;v=v1beta1;g=meta.k8s.io", "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io",
        "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io", "application/json;as=Foo;v=v1;g=meta.k8s.io", "text/html", "application/json;q=0", "application/json;q=0.5,*/*;q=x",
        "", ",", ";", "application/*", "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList", "application/yaml;as=Table;v=v1;g=meta.k8s.io", "application/json;stream=watch",
    ];

    private static readonly string[] Options =
    [
        "fieldValidation=Strict", "fieldValidation=Ignore", "fieldValidation=X", "dryRun=All", "dryRun=b", "dryRun=All&dryRun=All", "fieldManager=m", "fieldManager=", "force=true", "force=x",
        "limit=1", "limit=-1", "limit=x", "limit=0", "limit=9223372036854775807", "labelSelector=app=f", "labelSelector=app%20in%20(f,g)", "labelSelector=a%20in%20(", "labelSelector=!", "labelSelector=,",
        "labelSelector=%ff", "fieldSelector=metadata.name=f", "fieldSelector=a", "fieldSelector=metadata.name!=f,metadata.namespace=fuzz", "fieldSelector=spec.nodeName=node-1", "fieldSelector=%5C", "continue=abc",
        "continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MSwic3RhcnQiOiJhIn0", "continue=", "gracePeriodSeconds=0", "gracePeriodSeconds=-1", "gracePeriodSeconds=x", "gracePeriodSeconds=9223372036854775807",
        "propagationPolicy=Orphan", "propagationPolicy=Foreground", "propagationPolicy=Z", "orphanDependents=true", "orphanDependents=true&propagationPolicy=Orphan", "resourceVersion=0", "resourceVersion=1",
        "resourceVersion=x", "resourceVersion=-1", "resourceVersion=18446744073709551615", "resourceVersionMatch=Exact", "resourceVersionMatch=NotOlderThan&resourceVersion=1", "resourceVersionMatch=x",
        "pretty=true", "timeoutSeconds=1", "timeoutSeconds=x", "timeoutSeconds=-1", "timeoutSeconds=9223372036854775807", "watch=true&timeoutSeconds=1", "watch=1&resourceVersion=x", "watch=true&resourceVersion=1",
        "watch=true&allowWatchBookmarks=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan", "watch=true&sendInitialEvents=true", "watch=false", "watch=maybe", "includeObject=Object", "includeObject=None",
        "includeObject=x", "container=c", "container=nope", "tailLines=1", "tailLines=-1", "tailLines=x", "sinceSeconds=1", "sinceSeconds=9223372036854775807", "sinceSeconds=-9223372036854775808", "sinceTime=x",
        "sinceTime=2020-01-01T00:00:00Z", "limitBytes=1", "limitBytes=0", "limitBytes=-5", "timestamps=true", "previous=true", "follow=true", "follow=x", "stream=Stdout", "=", "&&", "%zz=%zz", "a=%ff", "%00=%00", "x",
        "ignoreStoreReadErrorWithClusterBreakingPotential=true", "insecureSkipTLSVerifyBackend=true",
    ];

    private static readonly string[] Fixed =
    [
        "/", "/api", "/apis", "/api/v1", "/apis/apps", "/apis/apps/v1", "/apis/nope", "/apis/apps/v9", "/version", "/healthz", "/livez", "/readyz?verbose", "/readyz/ping", "/livez/x", "/openapi/v2", "/openapi/v3",
        "/openapi/v3/apis/apps/v1", "/openapi/v3/api/v1", "/openapi/v3/nope", "/metrics", "/logs", "/api/", "/api//v1", "//api/v1/pods", "/api/v1/namespaces//pods", "/api/v1/pods/", "/api/v1/watch/pods",
        "/api/v1/watch/namespaces/fuzz/pods/f", "/api/v2/pods", "/api/v1/nopes", "/apis/apps/v1/namespaces/fuzz/deployments/f/x/y/z", "/.well-known/openid-configuration", "/openid/v1/jwks", "/%2e%2e/etc/passwd",
        "/api/v1/namespaces/fuzz/finalize", "/api/v1/namespaces/fuzz/status", "/api/v1/proxy/nodes/a", "/swagger.json", "/favicon.ico", "*", "http://localhost/api/v1/pods", "api/v1", "/api/v1/namespaces/%ff/pods",
    ];

    private static readonly string[] OddHeaders =
    [
        "Accept-Encoding: gzip", "Accept-Encoding: br, gzip;q=0", "Content-Encoding: gzip", "Content-Encoding: x", "Impersonate-User: somebody", "Impersonate-User: ", "Impersonate-Group: g", "Impersonate-Uid: u",
        "Kubectl-Command: kubectl \u00e9", "User-Agent: ", "User-Agent: /", "If-None-Match: x", "Range: bytes=0-1", "X-Forwarded-For: a", "Authorization: Bearer x", "Authorization: x", "Connection: close",
        "Upgrade: websocket", "Cookie: a=b", "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "traceparent: x", "X-HTTP-Method-Override: DELETE", "Audit-Id: \t", "Origin: null",
    ];

    private readonly Random _random;
    private readonly FuzzObjects _objects;
    private readonly IReadOnlyList<FuzzTarget> _targets;
    private readonly IReadOnlyList<FuzzTarget> _favourites;

    /// <param name="seed">The same one draws the same requests.</param>
    /// <param name="targets">The resources.</param>
    public FuzzRequests(int seed, IReadOnlyList<FuzzTarget> targets)
    {
        _random = new Random(seed);
        _objects = new FuzzObjects(_random);
        _targets = targets;
        _favourites = [.. targets.Where(target => target.Kind.Kind is "Pod" or "Deployment" or "Service" or "ConfigMap" or "Widget" or "CustomResourceDefinition" or "Namespace" or "ReplicaSet")];
    }

    /// <summary>The next request.</summary>
    public FuzzRequest Next()
    {
        if (_random.Next(25) == 0) return new FuzzRequest(Method(), Pick(Fixed) + Query(), Headers([]), [], false);
        var target = _random.Next(3) == 0 ? Pick([.. _favourites]) : Pick([.. _targets]);
        var part = target.Subresources.Count > 0 && _random.Next(4) == 0 ? Pick([.. target.Subresources]).Name : _random.Next(60) == 0 ? Pick("status", "scale", "log", "exec", "proxy", "nope") : null;
        var verb = Pick([.. target.Subresources.FirstOrDefault(sub => sub.Name == part)?.Verbs ?? target.Verbs]);

        // The machines, and what else the cluster lives by, stay.
        if (verb == "deletecollection" && !target.Namespaced) verb = "list";
        var method = _random.Next(30) == 0 ? Method() : MethodOf(verb);
        var name = _random.Next(25) == 0 ? Pick(OddNames) : Pick(Names);
        if (target.Kind.Kind == "Namespace") name = "fuzz-" + name;
        var path = target.Collection(_random.Next(40) == 0 ? Pick("", "nope", "default", Pick(OddNames)) : Pick(Spaces));
        var isCollection = verb is "list" or "watch" or "create" or "deletecollection" && part is null;
        if (isCollection == (_random.Next(60) == 0)) path += "/" + name;
        if (part is not null) path += "/" + part;
        return WithBody(method, path + Query(verb), target, part, name);
    }

    private string MethodOf(string verb) => verb switch
    {
        "create" => "POST",
        "update" => "PUT",
        "patch" => "PATCH",
        "delete" => "DELETE",
        // One that empties a collection each time would leave little to work with.
        "deletecollection" => _random.Next(20) == 0 ? "DELETE" : "GET",
        _ => "GET",
    };

    private FuzzRequest WithBody(string method, string path, FuzzTarget target, string? part, string name)
    {
        if (method is "GET" or "HEAD" || method == "DELETE" && _random.Next(3) > 0) return new FuzzRequest(method, path, Headers([]), [], false);
        var kind = part switch
        {
            "scale" => new GroupVersionKind("autoscaling", "v1", "Scale"),
            "binding" => new GroupVersionKind("", "v1", "Binding"),
            "eviction" => new GroupVersionKind("policy", "v1", "Eviction"),
            "token" => new GroupVersionKind("authentication.k8s.io", "v1", "TokenRequest"),
            _ => target.Kind,
        };
        var schema = kind == target.Kind ? target.Schema : KubeTypes.Schema(kind);
        var tree = method == "DELETE" ? DeleteOptions() : _objects.Whole(kind, schema, name);
        var (body, type) = method == "PATCH" ? PatchOf(tree, schema) : Encoded(tree, schema);
        if (_random.Next(15) == 0) body = _objects.Damaged(body);
        if (_random.Next(40) == 0) type = Pick(MediaTypes);
        return new FuzzRequest(method, path, Headers(type is null ? [] : [$"Content-Type: {type}"]), body, _random.Next(20) == 0);
    }

    private (byte[] Body, string? Type) PatchOf(JsonValue tree, ObjectSchema? schema)
    {
        var type = Pick(Patches);
        if (type == "application/json-patch+json") return (_objects.Operations(tree).ToUtf8(), type);
        if (type == "application/apply-patch+yaml") return (_random.Next(2) == 0 ? Encoding.UTF8.GetBytes(FuzzYaml.Of(tree, _random)) : tree.ToUtf8(), type);
        var patch = _objects.Changed(tree, schema, 0);
        if (_random.Next(4) > 0) patch = patch.Without("metadata");
        return (patch.ToUtf8(), type);
    }

    private (byte[] Body, string? Type) Encoded(JsonValue tree, ObjectSchema? schema)
    {
        switch (_random.Next(8))
        {
            case 0:
                return (Encoding.UTF8.GetBytes(FuzzYaml.Of(tree, _random)), "application/yaml");
            case 1 when schema is { HasProtobuf: true }:
                try
                {
                    var bytes = ProtobufCodec.Encode((IKubeObject)JsonCodec.Decode(schema, tree, strict: false, out _));
                    return (_random.Next(3) == 0 ? _objects.Damaged(bytes) : bytes, ProtobufCodec.MediaType);
                }
                catch (Exception e) when (e is DecodeException or InvalidCastException)
                {
                    var noise = new byte[_random.Next(60)];
                    _random.NextBytes(noise);
                    return ([.. "k8s\0"u8, .. noise], ProtobufCodec.MediaType);
                }

            default:
                return (tree.ToUtf8(), _random.Next(10) == 0 ? null : "application/json");
        }
    }

    private JsonValue DeleteOptions()
    {
        var options = JsonValue.Object(("kind", JsonValue.Of("DeleteOptions")), ("apiVersion", JsonValue.Of("v1")));
        if (_random.Next(2) == 0) options = options.With("propagationPolicy", JsonValue.Of(Pick("Background", "Foreground", "Orphan", "x")));
        if (_random.Next(2) == 0) options = options.With("gracePeriodSeconds", JsonValue.Of(Pick(0L, -1, 30)));
        if (_random.Next(4) == 0) options = options.With("preconditions", JsonValue.Object(("uid", JsonValue.Of("u")), ("resourceVersion", JsonValue.Of("1"))));
        return _random.Next(4) == 0 ? _objects.Changed(options, null, 0) : options;
    }

    private string Query(string verb = "")
    {
        if (verb == "watch") return "?watch=true&timeoutSeconds=1&" + Pick(Options);
        if (verb == "patch" && _random.Next(2) == 0) return "?fieldManager=fuzz&force=true";
        if (_random.Next(4) > 0) return "";
        return "?" + string.Join('&', Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Pick(Options)));
    }

    private List<string> Headers(List<string> headers)
    {
        if (_random.Next(6) == 0) headers.Add("Accept: " + Pick(Accepts));
        if (_random.Next(6) == 0) headers.Add(Pick(OddHeaders));
        if (_random.Next(200) == 0) headers.Add("X-Long: " + new string('x', Pick(1000, 20_000, 40_000)));
        return headers;
    }

    private string Method() => Pick("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "POST", "DELETE", "PATCH", "FOO", "get", "PROPFIND", "CONNECT");

    private T Pick<T>(params ReadOnlySpan<T> choices) => _objects.Pick(choices);
}
