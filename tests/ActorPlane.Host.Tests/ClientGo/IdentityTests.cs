using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ActorPlane.Api;
using ActorPlane.Api.Authentication.V1;
using ActorPlane.Api.Authorization.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.Api.Meta.V1;
using ActorPlane.Host.Tests.Http;

namespace ActorPlane.Host.Tests.ClientGo;

/// <summary>Tokens of service accounts, who speaks for whom, and what the rules allow.</summary>
[Collection(HttpCollection.Name)]
public sealed class IdentityTests(HttpFixture cluster) : IDisposable
{
    private const string Accounts = "/api/v1/namespaces/default/serviceaccounts";
    private const string Whoami = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
    private const string TokenReviews = "/apis/authentication.k8s.io/v1/tokenreviews";
    private const string Rbac = "/apis/rbac.authorization.k8s.io/v1";
    private readonly ApiClient _client = new(cluster.Address);

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_token_names_its_account_and_is_signed_with_the_published_key()
    {
        var account = await Account("signed");
        var request = (await _client.Post($"{Accounts}/signed/token", new TokenRequest { Spec = new TokenRequestSpec { ExpirationSeconds = 600, Audiences = ["me"] } })).Is(201).Tree;
        var token = request.At("status", "token")!.AsString!;
        var claims = Part(token, 1);
        Assert.Equal("system:serviceaccount:default:signed", claims["sub"]!.AsString);
        Assert.Equal("https://kubernetes.default.svc.cluster.local", claims["iss"]!.AsString);
        Assert.Equal("""["me"]""", claims["aud"]!.ToString());
        Assert.Equal(600, claims["exp"]!.AsInt64 - claims["iat"]!.AsInt64);
        Assert.Equal(account.Metadata.Uid, claims.At("kubernetes.io", "serviceaccount", "uid")!.AsString);
        Assert.Equal("default", claims.At("kubernetes.io", "namespace")!.AsString);

        var configuration = (await _client.Get("/.well-known/openid-configuration")).Is(200).Tree;
        Assert.EndsWith("/openid/v1/jwks", configuration["jwks_uri"]!.AsString);
        var keys = (await _client.Get("/openid/v1/jwks")).Is(200);
        Assert.Equal("application/jwk-set+json", keys.MediaType);
        var key = keys.Tree["keys"]!.Items[0];
        Assert.Equal(Part(token, 0)["kid"]!.AsString, key["kid"]!.AsString);
        using var verifier = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars(key["x"]!.AsString), Y = Base64Url.DecodeFromChars(key["y"]!.AsString) },
        });
        var end = token.LastIndexOf('.');
        Assert.True(verifier.VerifyData(Encoding.ASCII.GetBytes(token[..end]), Base64Url.DecodeFromChars(token.AsSpan(end + 1)), HashAlgorithmName.SHA256));
    }

    [Fact]
    public async Task A_token_makes_its_bearer_the_account_until_the_account_goes()
    {
        await Account("bearer");
        var token = await Token("bearer", TokenRequestSpec.Empty);
        var me = await Ask(Whoami, "{}", ("Authorization", $"Bearer {token}"));
        var user = me.Is(201).Tree.At("status", "userInfo")!;
        Assert.Equal("system:serviceaccount:default:bearer", user["username"]!.AsString);
        Assert.Equal("""["system:serviceaccounts","system:serviceaccounts:default","system:authenticated"]""", user["groups"]!.ToString());

        var review = (await _client.Post(TokenReviews, new TokenReview { Spec = new TokenReviewSpec { Token = token } })).Is(201).Tree;
        Assert.Equal("true", review.At("status", "authenticated")!.ToString());
        Assert.Equal("system:serviceaccount:default:bearer", review.At("status", "user", "username")!.AsString);
        var foreign = (await _client.Post(TokenReviews, new TokenReview { Spec = new TokenReviewSpec { Token = token, Audiences = ["other"] } })).Is(201).Tree;
        Assert.Equal(
            "token audiences [\"https://kubernetes.default.svc.cluster.local\"] is invalid for the target audiences [\"other\"]", foreign.At("status", "error")!.AsString);

        (await _client.Delete($"{Accounts}/bearer")).Is(200);
        (await Ask(Whoami, "{}", ("Authorization", $"Bearer {token}"))).IsRefused(401, "Unauthorized", "Unauthorized");
        (await Ask(Whoami, "{}", ("Authorization", "Bearer nonsense"))).IsRefused(401, "Unauthorized", "Unauthorized");
        var gone = (await _client.Post(TokenReviews, new TokenReview { Spec = new TokenReviewSpec { Token = token } })).Is(201).Tree;
        Assert.Null(gone.At("status", "authenticated"));
        Assert.NotNull(gone.At("status", "error"));
    }

    [Fact]
    public async Task A_bound_token_ends_with_what_it_is_bound_to()
    {
        await Account("bound");
        (await _client.Post("/api/v1/namespaces/default/secrets", new Secret { Metadata = new ObjectMeta { Name = "bound" } })).Is(201);
        var token = await Token("bound", new TokenRequestSpec { BoundObjectRef = new BoundObjectReference { ApiVersion = "v1", Kind = "Secret", Name = "bound" } });
        Assert.Equal("bound", Part(token, 1).At("kubernetes.io", "secret", "name")!.AsString);
        (await Ask(Whoami, "{}", ("Authorization", $"Bearer {token}"))).Is(201);
        (await _client.Delete("/api/v1/namespaces/default/secrets/bound")).Is(200);
        (await Ask(Whoami, "{}", ("Authorization", $"Bearer {token}"))).Is(401);
    }

    [Theory]
    [InlineData("{\"expirationSeconds\":599}", 422, "Invalid", "TokenRequest.authentication.k8s.io \"\" is invalid: spec.expirationSeconds: Invalid value: 599: may not specify a duration less than 10 minutes")]
    [InlineData("{\"expirationSeconds\":4294967297}", 422, "Invalid", "TokenRequest.authentication.k8s.io \"\" is invalid: spec.expirationSeconds: Invalid value: 4294967297: may not specify a duration larger than 2^32 seconds")]
    [InlineData("{\"boundObjectRef\":{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"name\":\"none\"}}", 404, "NotFound", "pods \"none\" not found")]
    [InlineData("{\"boundObjectRef\":{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"name\":\"none\"}}", 400, "BadRequest", "cannot bind token to object of type apps/v1, Kind=Deployment")]
    [InlineData("{\"boundObjectRef\":{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"name\":\"uid\",\"uid\":\"other\"}}", 409, "Conflict", null)]
    public async Task A_token_that_cannot_be_is_refused(string spec, int code, string reason, string? message)
    {
        await Account("refused");
        await _client.Post("/api/v1/namespaces/default/secrets", """{"metadata":{"name":"uid"}}""");
        var answer = await _client.Post($"{Accounts}/refused/token", $$"""{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{{spec}} }""");
        answer.IsRefused(code, reason, message ?? answer.Status.Message!);
        (await _client.Post($"{Accounts}/nobody/token", "{}")).IsRefused(404, "NotFound", "serviceaccounts \"nobody\" not found");
    }

    [Fact]
    public async Task Who_speaks_for_another_is_that_other()
    {
        var user = (await Ask(
            Whoami, "{}", ("Impersonate-User", "jane"), ("Impersonate-Group", "developers"), ("Impersonate-Uid", "7"), ("Impersonate-Extra-Example.com%2fscopes", "view"))).Is(201).Tree.At("status", "userInfo")!;
        Assert.Equal("""{"username":"jane","uid":"7","groups":["developers","system:authenticated"],"extra":{"example.com/scopes":["view"]}}""", user.ToString());
        var account = (await Ask(Whoami, "{}", ("Impersonate-User", "system:serviceaccount:a:b"))).Is(201).Tree.At("status", "userInfo")!;
        Assert.Equal("""["system:serviceaccounts","system:serviceaccounts:a","system:authenticated"]""", account["groups"]!.ToString());
        Assert.Equal("""{"username":"admin","groups":["system:masters","system:authenticated"]}""", (await Ask(Whoami, "{}")).Is(201).Tree.At("status", "userInfo")!.ToString());

        const string Request = """{"metadata":{"name":"of-jane"},"spec":{"request":"LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIaE1JR0hBZ0VBTUNVeEV6QVJCZ05WQkFNTUNuUmxjM1F0ZFhObGNqRU9NQXdHQTFVRUNnd0ZaM0p2ZFhBdwpXVEFUQmdjcWhrak9QUUlCQmdncWhrak9QUU1CQndOQ0FBUT0KLS0tLS1FTkQgQ0VSVElGSUNBVEUgUkVRVUVTVC0tLS0tCg==","signerName":"example.com/signer","usages":["client auth"],"username":"forged"}}""";
        var asked = (await Ask("/apis/certificates.k8s.io/v1/certificatesigningrequests", Request, ("Impersonate-User", "jane"))).Is(201).Tree["spec"]!;
        Assert.Equal(("jane", """["system:authenticated"]"""), (asked["username"]!.AsString, asked["groups"]!.ToString()));
    }

    [Fact]
    public async Task Reviews_tell_what_the_roles_allow()
    {
        (await _client.Post($"{Rbac}/namespaces/default/roles", """{"metadata":{"name":"reader"},"rules":[{"apiGroups":[""],"resources":["pods","pods/log"],"verbs":["get"]},{"apiGroups":["apps"],"resources":["*/scale"],"resourceNames":["web"],"verbs":["*"]}]}""")).Is(201);
        (await _client.Post($"{Rbac}/namespaces/default/rolebindings", """{"metadata":{"name":"readers"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"reader"},"subjects":[{"kind":"User","apiGroup":"rbac.authorization.k8s.io","name":"reader-jane"},{"kind":"ServiceAccount","name":"reader"}]}""")).Is(201);
        (await _client.Post($"{Rbac}/clusterroles", """{"metadata":{"name":"prober"},"rules":[{"nonResourceURLs":["/probe*"],"verbs":["get"]}]}""")).Is(201);
        (await _client.Post($"{Rbac}/clusterrolebindings", """{"metadata":{"name":"probers"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"prober"},"subjects":[{"kind":"Group","apiGroup":"rbac.authorization.k8s.io","name":"probers"}]}""")).Is(201);

        Assert.Equal((true, "RBAC: allowed by RoleBinding \"readers/default\" of Role \"reader\" to User \"reader-jane\""), await May("reader-jane", """{"verb":"get","resource":"pods","namespace":"default"}"""));
        Assert.Equal((true, "RBAC: allowed by RoleBinding \"readers/default\" of Role \"reader\" to ServiceAccount \"reader/default\""), await May("system:serviceaccount:default:reader", """{"verb":"get","resource":"pods","subresource":"log","namespace":"default"}"""));
        Assert.True((await May("reader-jane", """{"verb":"patch","group":"apps","resource":"deployments","subresource":"scale","name":"web","namespace":"default"}""")).Allowed);
        Assert.Equal((false, null), await May("reader-jane", """{"verb":"patch","group":"apps","resource":"deployments","subresource":"scale","name":"other","namespace":"default"}"""));
        Assert.Equal((false, null), await May("reader-jane", """{"verb":"get","resource":"pods","namespace":"kube-system"}"""));
        Assert.Equal((false, null), await May("reader-jane", """{"verb":"get","resource":"pods"}"""));
        var probe = await _client.Post("/apis/authorization.k8s.io/v1/subjectaccessreviews", new SubjectAccessReview
        {
            Spec = new SubjectAccessReviewSpec { User = "somebody", Groups = ["probers"], NonResourceAttributes = new NonResourceAttributes { Path = "/probes/1", Verb = "get" } },
        });
        Assert.Equal((201, true), (probe.Code, probe.Tree.At("status", "allowed")!.AsBool));

        var own = (await Ask(
            "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", """{"spec":{"resourceAttributes":{"verb":"delete","resource":"nodes"}}}""", ("Impersonate-User", "reader-jane"))).Is(201).Tree;
        Assert.Equal(false, own.At("status", "allowed")!.AsBool);
        var rules = (await Ask("/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", """{"spec":{"namespace":"default"}}""", ("Impersonate-User", "reader-jane"))).Is(201).Tree;
        Assert.Contains("\"pods/log\"", rules.At("status", "resourceRules")!.ToString());
    }

    [Fact]
    public async Task A_review_that_asks_nothing_is_invalid()
    {
        const string Sar = "/apis/authorization.k8s.io/v1/subjectaccessreviews";
        (await _client.Post(Sar, """{"spec":{"user":"x"}}""")).IsRefused(
            422, "Invalid", "SubjectAccessReview.authorization.k8s.io \"\" is invalid: spec.resourceAttributes: Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified");
        (await _client.Post(Sar, """{"spec":{"resourceAttributes":{"verb":"get"}}}""")).IsRefused(
            422, "Invalid", "SubjectAccessReview.authorization.k8s.io \"\" is invalid: spec.user: Invalid value: \"\": at least one of user or group must be specified");
        (await _client.Post(TokenReviews, """{"spec":{}}""")).IsRefused(400, "BadRequest", "token is required for TokenReview in authentication");
    }

    private static JsonValue Part(string token, int part) => JsonValue.Parse(Base64Url.DecodeFromChars(token.Split('.')[part]));

    private async Task<(bool Allowed, string? Reason)> May(string user, string attributes)
    {
        var answer = (await _client.Post("/apis/authorization.k8s.io/v1/subjectaccessreviews", $$$"""{"spec":{"user":"{{{user}}}","resourceAttributes":{{{attributes}}} } }""")).Is(201).Tree;
        return (answer.At("status", "allowed")!.AsBool!.Value, answer.At("status", "reason")?.AsString);
    }

    private Task<Answer> Ask(string path, string body, params (string Name, string Value)[] headers) =>
        _client.Send(HttpMethod.Post, path, Encoding.UTF8.GetBytes(body), ApiClient.Json, ApiClient.Json, headers);

    private async Task<ServiceAccount> Account(string name)
    {
        await _client.Post(Accounts, new ServiceAccount { Metadata = new ObjectMeta { Name = name } });
        return (await _client.Get($"{Accounts}/{name}", ApiClient.Protobuf)).Is(200).Decoded<ServiceAccount>();
    }

    private async Task<string> Token(string account, TokenRequestSpec spec) =>
        (await _client.Post($"{Accounts}/{account}/token", new TokenRequest { Spec = spec })).Is(201).Tree.At("status", "token")!.AsString!;
}
