using System.Diagnostics.CodeAnalysis;
using ActorPlane.Api;
using ActorPlane.Host.Otel;
using ActorPlane.ApiServer;
using ActorPlane.Host.Http.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using static ActorPlane.ApiServer.ApiServerProtocol;

namespace ActorPlane.Host.Http;

/// <summary>
/// Brings every request to its verb, and every failure to the client as a Status
/// (<c>apiserver/pkg/endpoints/installer.go</c>, <c>groupversion.go</c>).
/// </summary>
internal sealed class ApiRouter
{
    private readonly HttpGatewayClient _client;
    private readonly ILogger _log;
    private readonly ReadVerbs _read;
    private readonly WatchVerb _watch;
    private readonly WriteVerbs _write;
    private readonly PatchVerb _patch;
    private readonly ScaleVerbs _scale;
    private readonly PodVerbs _pods;
    private readonly ReviewVerbs _reviews;
    private readonly ConnectVerbs _connect;
    private readonly TokenVerb _tokens;
    private readonly TokenSigner _signer;
    private readonly Authenticator _authenticator;
    private readonly HealthChecks _health;
    private readonly ComponentVerbs _components;
    private readonly RequestMetrics _metrics;
    private readonly EvictionVerb _evictions;

    /// <summary>For all requests of one server.</summary>
    public ApiRouter(HttpGatewayClient client, TokenSigner signer, ILogger log)
    {
        (_client, _signer, _log) = (client, signer, log);
        var tokens = new ServiceAccountTokens(signer, client);
        _authenticator = new Authenticator(tokens);
        _reviews = new ReviewVerbs(client, tokens);
        _health = new HealthChecks(client);
        _components = new ComponentVerbs(client);
        _metrics = new RequestMetrics(client);
        _read = new ReadVerbs(client);
        _watch = new WatchVerb(client, _read);
        _write = new WriteVerbs(client, _read);
        _patch = new PatchVerb(client, _read, _write);
        _scale = new ScaleVerbs(client, _read, _write);
        _pods = new PodVerbs(client, _read);
        _connect = new ConnectVerbs(client, _read);
        _tokens = new TokenVerb(client, _read, tokens);
        _evictions = new EvictionVerb(client, _read, _write);
    }

    private DiscoveryDocuments Offered => DiscoveryDocuments.Of(_client.Snapshot.Registry);

    /// <summary>Serves one request.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever goes wrong in one request is answered and logged, and ends no other.")]
    public async Task Serve(HttpContext http)
    {
        try
        {
            await Route(http);
        }
        catch (StatusException e)
        {
            await Fail(http, e.Status);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client went away.
        }
        catch (BadHttpRequestException e)
        {
            await Fail(http, ApiErrors.BadRequest(e.Message));
        }
        catch (IOException)
        {
            http.Abort();
        }
        catch (Exception e)
        {
            _log.LogError(e, "{Method} {Path} failed", http.Request.Method, http.Request.Path);
            await Fail(http, ApiErrors.InternalError(e.Message));
        }
    }

    private static Task Fail(HttpContext http, Api.Meta.V1.Status status)
    {
        if (!http.Response.HasStarted) return Answers.Status(http, status);
        http.Abort();
        return Task.CompletedTask;
    }

    private Task Route(HttpContext http)
    {
        var segments = http.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var isRead = http.Request.Method is "GET" or "HEAD";
        if (!isRead && (http.Request.Method is not ("POST" or "PUT" or "PATCH" or "DELETE") || segments is not ["api" or "apis", _, _, ..])) throw NotAllowed();
        return segments switch
        {
            [] => Answers.Bytes(http, 200, "application/json", PrettyJson.Of(Offered.Paths().ToUtf8())),
            ["version"] => Answers.Bytes(http, 200, "application/json", PrettyJson.Of(ServerVersion.Document.ToUtf8())),
            ["healthz" or "livez" or "readyz"] => _health.Answer(http, segments[0], null),
            ["healthz" or "livez" or "readyz", .. var check] => _health.Answer(http, segments[0], string.Join('/', check)),
            ["metrics"] => Answers.Bytes(http, 200, "text/plain; version=0.0.4; charset=utf-8", System.Text.Encoding.UTF8.GetBytes(_metrics.Text())),
            [".well-known", "openid-configuration"] => Cached(http, TokenSigner.Configuration($"{http.Request.Scheme}://{http.Request.Host}"), "application/json"),
            ["openid", "v1", "jwks"] => Cached(http, _signer.Keys, "application/jwk-set+json"),
            ["openapi", "v2"] => OpenApi(http),
            ["openapi", "v3"] => Answers.Tree(http, OpenApiDocuments.Of(_client.Snapshot.Registry).Index()),
            ["openapi", "v3", "api", var version] => Tagged(http, OpenApiDocuments.Of(_client.Snapshot.Registry).Document("", version)),
            ["openapi", "v3", "apis", var group, var version] => Tagged(http, OpenApiDocuments.Of(_client.Snapshot.Registry).Document(group, version)),
            ["api"] or ["apis"] => Discovery(http, segments[0] == "api"),
            ["apis", var group] => Document(http, Offered.Group(group, withHeader: true)?.ToUtf8()),
            ["api", var version] => Document(http, Offered.ResourceList("", version)?.ToUtf8()),
            ["apis", var group, var version] => Document(http, Offered.ResourceList(group, version)?.ToUtf8()),
            ["api" or "apis", ..] => Resource(http, segments),
            _ => Answers.PlainNotFound(http),
        };
    }

    private static Task Cached(HttpContext http, JsonValue document, string contentType)
    {
        http.Response.Headers.CacheControl = "public, max-age=3600";
        return Answers.Tree(http, document, 200, contentType);
    }

    private Task OpenApi(HttpContext http)
    {
        var (body, type) = OpenApiDocuments.Of(_client.Snapshot.Registry).V2(http.Request.Headers.Accept.ToString());
        return TaggedDocument.Answer(http, body, type);
    }

    private static Task Document(HttpContext http, byte[]? document) =>
        document is null ? Answers.PlainNotFound(http) : Answers.Bytes(http, 200, "application/json", document);

    private static Task Tagged(HttpContext http, byte[]? document) =>
        document is null ? throw new StatusException(ApiErrors.NoSuchResource()) : TaggedDocument.Answer(http, document, "application/json");

    private Task Discovery(HttpContext http, bool core)
    {
        http.Response.Headers.Vary = "Accept";
        return AcceptHeader.DiscoveryVersion(http.Request.Headers.Accept.ToString()) is { } version
            ? TaggedDocument.Answer(http, Offered.AggregatedBytes(core, version), DiscoveryDocuments.AggregatedType(version))
            : Answers.Tree(http, core ? DiscoveryDocuments.CoreVersions(http.Request.Host.Value ?? "") : Offered.GroupList());
    }

    private async Task Resource(HttpContext http, string[] segments)
    {
        // Old clients watch below /watch/ and not by an option.
        var root = segments[0] == "api" ? 2 : 3;
        var isOldWatch = segments.Length > root + 1 && segments[root] == "watch" && http.Request.Method is ("GET" or "HEAD");
        if (isOldWatch) segments = [.. segments[..root], .. segments[(root + 1)..]];
        if (ApiPath.Parse(segments, _client.Snapshot.Registry) is not { } path)
        {
            // In a group and version that there is, something is missing; elsewhere there is nothing at all.
            if (Offered.IsServed(segments)) throw new StatusException(ApiErrors.NoSuchResource());
            await Answers.PlainNotFound(http);
            return;
        }

        var verb = isOldWatch && path.Subresource is null ? "watch" : VerbOf(http.Request, path);
        var code = 0;
        _metrics.Begin();
        try
        {
            await Resource(http, path, verb);
        }
        catch (StatusException e)
        {
            code = e.Status.Code ?? 0;
            throw;
        }
        finally
        {
            _metrics.End(path, verb, code == 0 ? http.Response.StatusCode : code);
        }
    }

    private Task Resource(HttpContext http, ApiPath path, string verb)
    {
        var user = _authenticator.UserOf(http.Request);
        if (!Authorizer.IsAllowed(user, verb, http.Request.Path))
        {
            throw new StatusException(ApiErrors.Forbidden(
                path.Info.Gvr, path.Name ?? "", $"User {GoText.Quote(user.Name)} cannot {verb} resource {GoText.Quote(path.Info.Plural)}"));
        }

        var offered = path.Subresource is { } sub ? path.Info.Subresource(sub)!.Verbs : path.Info.Verbs;

        // Of a definition that is being deleted fewer verbs are shown than are served: its objects may still be freed of finalizers.
        if (!offered.Contains(verb) && path.Info.Custom is null) throw NotAllowed();

        // Reads begin nothing in the actors' world.
        var cause = verb is "get" or "list" or "watch" ? default : _client.NewCause();
        if (cause.IsKnown) RequestTracing.Carries(http, cause);
        var request = new ApiRequest(http, path, user, cause, isWatch: verb == "watch");
        if (Deprecation(path.Info) is { } warning) request.Warn(warning);
        return path.Subresource is null ? Object(request, verb) : Part(request, verb);
    }

    /// <summary>What every request for a deprecated resource is answered with, beside its answer (<c>apiserver/pkg/endpoints/deprecation</c>).</summary>
    private static string? Deprecation(ResourceInfo info) => info switch
    {
        { Custom.Version: { Deprecated: true } version } => version.DeprecationWarning ?? $"{info.Gvk.ApiVersion} {info.Gvk.Kind} is deprecated",
        { Plural: "componentstatuses", Gvk.Group: "" } => "v1 ComponentStatus is deprecated in v1.19+",
        _ => null,
    };

    private Task Object(ApiRequest request, string verb)
    {
        var info = request.Path.Info;
        if (verb == "create" && ReviewVerbs.IsReview(info)) return _reviews.Review(request);
        if (ComponentVerbs.Are(info)) return verb == "get" ? _components.Get(request) : _components.List(request);
        if (verb == "create" && info.Plural == "bindings") return _pods.Bind(request);
        if (verb == "create" && info.Namespaced && request.Path.Namespace.Length == 0) throw NotAllowed();
        return verb switch
        {
            "get" => _read.Get(request),
            "list" => _read.List(request),
            "watch" => _watch.Watch(request),
            "create" => _write.Create(request),
            "update" => _write.Update(request, WriteScope.Spec),
            "patch" => _patch.Patch(request, WriteScope.Spec),
            "delete" => _write.Delete(request),
            "deletecollection" => _write.DeleteCollection(request),
            _ => throw NotAllowed(),
        };
    }

    private Task Part(ApiRequest request, string verb) => (request.Path.Subresource, verb) switch
    {
        ("status" or "approval" or "ephemeralcontainers", "get") => _read.Get(request),
        ("status", "update") => _write.Update(request, WriteScope.Status),
        ("status", "patch") => _patch.Patch(request, WriteScope.Status),
        ("approval", "update") => _write.Update(request, WriteScope.Approval),
        ("approval", "patch") => _patch.Patch(request, WriteScope.Approval),
        ("ephemeralcontainers", "update") => _write.Update(request, WriteScope.EphemeralContainers),
        ("ephemeralcontainers", "patch") => _patch.Patch(request, WriteScope.EphemeralContainers),
        ("finalize", "update") => _write.Update(request, WriteScope.Finalizers),
        ("scale", "get") => _scale.Get(request),
        ("scale", "update") => _scale.Update(request),
        ("scale", "patch") => _scale.Patch(request),
        ("binding", "create") when request.Path.Info.Plural == "pods" => _pods.Bind(request),
        ("eviction", "create") => _evictions.Evict(request),
        ("log", "get") => _pods.Log(request),
        ("exec" or "attach" or "portforward" or "proxy", _) => _connect.Connect(request),
        ("token", "create") => _tokens.Create(request),
        _ => throw NotAllowed(),
    };

    private static string VerbOf(HttpRequest request, ApiPath path) => request.Method switch
    {
        "GET" or "HEAD" when path.Name is null => ApiRequest.IsSet(request.Query, "watch") ? "watch" : "list",
        "GET" or "HEAD" => "get",
        "POST" when path.Name is null || path.Subresource is not null => "create",
        "PUT" when path.Name is not null => "update",
        "PATCH" when path.Name is not null => "patch",
        "DELETE" => path.Name is null ? "deletecollection" : "delete",
        _ => throw NotAllowed(),
    };

    private static StatusException NotAllowed() =>
        new(ApiErrors.Failure(405, "MethodNotAllowed", "the server does not allow this method on the requested resource", Api.Meta.V1.StatusDetails.Empty));
}
