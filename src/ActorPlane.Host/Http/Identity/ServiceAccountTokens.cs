using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.ApiServer;

namespace ActorPlane.Host.Http.Identity;

/// <summary>
/// The tokens of service accounts: what they claim, and whether that still holds. A token ends with its time, its account
/// and the object that it is bound to (<c>pkg/serviceaccount/claims.go</c>).
/// </summary>
internal sealed class ServiceAccountTokens(TokenSigner signer, HttpGatewayClient client)
{
    private const string Private = "kubernetes.io";
    private const string ExtraPrefix = "authentication.kubernetes.io/";

    /// <summary>A new token.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="audiences">For whom.</param>
    /// <param name="seconds">How long it is valid.</param>
    /// <param name="bound">The pod, secret or node that it ends with, or null.</param>
    /// <param name="node">The node that a pod runs on, or null.</param>
    public string Issue(ServiceAccount account, ValueList<string> audiences, long seconds, IKubeObject? bound, Node? node)
    {
        var now = client.Now.ToUnixTimeSeconds();
        var own = JsonValue.Object(("namespace", JsonValue.Of(account.Metadata.Namespace!)));
        if (bound is not null) own = own.With(bound.Kind.ToLowerInvariant(), Reference(bound));
        if (node is not null && bound is not Node) own = own.With("node", Reference(node));
        own = own.With("serviceaccount", Reference(account));
        return signer.Sign(JsonValue.Object(
            ("aud", JsonValue.Array(audiences.Select(JsonValue.Of))), ("exp", JsonValue.Of(now + seconds)), ("iat", JsonValue.Of(now)),
            ("iss", JsonValue.Of(TokenSigner.Issuer)), ("jti", JsonValue.Of(Guid.NewGuid().ToString())), (Private, own), ("nbf", JsonValue.Of(now)),
            ("sub", JsonValue.Of(RequestUser.ServiceAccountName(account.Metadata.Namespace!, account.Metadata.Name!)))));
    }

    /// <summary>Whose token it is.</summary>
    /// <param name="token">The token.</param>
    /// <param name="wanted">The audiences of which one must be meant; empty for the API server itself.</param>
    /// <param name="audiences">Those of them that are meant.</param>
    /// <exception cref="TokenException">It is nobody's, or no longer.</exception>
    public RequestUser UserOf(string token, ValueList<string> wanted, out ValueList<string> audiences)
    {
        var claims = signer.Claims(token);
        if (wanted.IsEmpty) wanted = [TokenSigner.Issuer];
        var meant = (claims["aud"] ?? JsonValue.EmptyArray).Items.ToArray().Select(audience => audience.AsString!).ToValueList();
        audiences = wanted.Where(meant.Contains).ToValueList();
        if (audiences.IsEmpty) throw new TokenException($"token audiences {Quoted(meant)} is invalid for the target audiences {Quoted(wanted)}");
        var now = client.Now.ToUnixTimeSeconds();
        if (now >= (claims["exp"]?.AsInt64 ?? 0)) throw new TokenException("service account token has expired");
        if (now < (claims["nbf"]?.AsInt64 ?? 0)) throw new TokenException("service account token is not valid yet");

        var own = claims[Private] ?? JsonValue.EmptyObject;
        var scope = own["namespace"]?.AsString ?? "";
        var (name, uid) = Reference(own, "serviceaccount");
        var account = Find("serviceaccounts", scope, name) ?? throw new TokenException($"serviceaccounts {GoText.Quote(name)} not found");
        if (account.Metadata.DeletionTimestamp is not null) throw new TokenException($"service account {scope}/{name} has been deleted");
        if (account.Metadata.Uid != uid) throw new TokenException($"service account UID ({account.Metadata.Uid}) does not match claim ({uid})");
        var extra = ValueMap<ValueList<string>>.Empty.With(ExtraPrefix + "credential-id", [$"JTI={claims["jti"]?.AsString}"]);
        foreach (var (kind, resource) in new[] { ("pod", "pods"), ("secret", "secrets"), ("node", "nodes") })
        {
            if (own[kind] is null) continue;
            var (boundName, boundUid) = Reference(own, kind);

            // The node of a pod is told, and looked up by nobody.
            if (kind != "node" || own["pod"] is null)
            {
                var bound = Find(resource, kind == "node" ? "" : scope, boundName);
                if (bound?.Metadata.Uid != boundUid) throw new TokenException("service account token has been invalidated");
            }

            if (kind == "secret") continue;
            extra = extra.With($"{ExtraPrefix}{kind}-name", [boundName]).With($"{ExtraPrefix}{kind}-uid", [boundUid]);
        }

        var user = RequestUser.ServiceAccountName(scope, name);
        return new RequestUser(user, uid, RequestUser.ServiceAccountGroups(user).Add(RequestUser.Authenticated), extra);
    }

    private IKubeObject? Find(string resource, string scope, string name) => client.Snapshot[resource].Items.GetValueOrDefault(new NamespacedName(scope, name));

    private static JsonValue Reference(IKubeObject item) => JsonValue.Object(("name", JsonValue.Of(item.Metadata.Name!)), ("uid", JsonValue.Of(item.Metadata.Uid!)));

    private static (string Name, string Uid) Reference(JsonValue own, string kind) => (own.At(kind, "name")?.AsString ?? "", own.At(kind, "uid")?.AsString ?? "");

    private static string Quoted(ValueList<string> texts) => $"[{string.Join(" ", texts.Select(GoText.Quote))}]";
}
