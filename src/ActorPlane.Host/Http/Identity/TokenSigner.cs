using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ActorPlane.Api;

namespace ActorPlane.Host.Http.Identity;

/// <summary>
/// Signs and checks JSON Web Tokens (RFC 7519) with a key that is drawn when the server starts: tokens end with it. The
/// public key is published, as the real server does (<c>pkg/serviceaccount/jwt.go</c>, <c>openidmetadata.go</c>).
/// </summary>
internal sealed class TokenSigner : IDisposable
{
    /// <summary>Who issues the tokens.</summary>
    public const string Issuer = "https://kubernetes.default.svc.cluster.local";

    private const string Algorithm = "ES256";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly string _keyId;
    private readonly string _header;

    /// <summary>With a key of its own.</summary>
    public TokenSigner()
    {
        _keyId = Base64Url.EncodeToString(SHA256.HashData(_key.ExportSubjectPublicKeyInfo()));
        _header = Base64Url.EncodeToString(JsonValue.Object(("alg", JsonValue.Of(Algorithm)), ("kid", JsonValue.Of(_keyId))).ToUtf8());
    }

    /// <summary>The document <c>/openid/v1/jwks</c>.</summary>
    public JsonValue Keys
    {
        get
        {
            var point = _key.ExportParameters(includePrivateParameters: false).Q;
            return JsonValue.Object(("keys", JsonValue.Array(JsonValue.Object(
                ("use", JsonValue.Of("sig")), ("kty", JsonValue.Of("EC")), ("kid", JsonValue.Of(_keyId)), ("crv", JsonValue.Of("P-256")), ("alg", JsonValue.Of(Algorithm)),
                ("x", JsonValue.Of(Base64Url.EncodeToString(point.X))), ("y", JsonValue.Of(Base64Url.EncodeToString(point.Y)))))));
        }
    }

    /// <summary>The document <c>/.well-known/openid-configuration</c>.</summary>
    /// <param name="server">Where the server is reached.</param>
    public static JsonValue Configuration(string server) => JsonValue.Object(
        ("issuer", JsonValue.Of(Issuer)), ("jwks_uri", JsonValue.Of($"{server}/openid/v1/jwks")),
        ("response_types_supported", JsonValue.Array(JsonValue.Of("id_token"))), ("subject_types_supported", JsonValue.Array(JsonValue.Of("public"))),
        ("id_token_signing_alg_values_supported", JsonValue.Array(JsonValue.Of(Algorithm))));

    /// <summary>A token with these claims.</summary>
    public string Sign(JsonValue claims)
    {
        var content = $"{_header}.{Base64Url.EncodeToString(claims.ToUtf8())}";
        return $"{content}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256))}";
    }

    /// <summary>The claims of a token that this key has signed.</summary>
    /// <exception cref="TokenException">It has not.</exception>
    public JsonValue Claims(string token)
    {
        try
        {
            if (token.Split('.') is [var header, var claims, var signature]
                && header == _header
                && _key.VerifyData(Encoding.ASCII.GetBytes($"{header}.{claims}"), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256))
            {
                return JsonValue.Parse(Base64Url.DecodeFromChars(claims));
            }
        }
        catch (Exception e) when (e is FormatException or DecodeException or CryptographicException)
        {
            throw new TokenException("invalid bearer token");
        }

        throw new TokenException("invalid bearer token");
    }

    /// <inheritdoc />
    public void Dispose() => _key.Dispose();
}
