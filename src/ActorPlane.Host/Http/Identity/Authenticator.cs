using ActorPlane.Api;
using Microsoft.AspNetCore.Http;

namespace ActorPlane.Host.Http.Identity;

/// <summary>
/// Finds out who asks: the service account whose token the request shows; else, over plain HTTP, <see cref="RequestUser.Admin"/>.
/// Either may speak for another with the <c>Impersonate-</c> headers
/// (<c>apiserver/pkg/endpoints/filters/authentication.go</c>, <c>impersonation.go</c>).
/// </summary>
internal sealed class Authenticator(ServiceAccountTokens tokens)
{
    private const string Bearer = "Bearer ";
    private const string ExtraPrefix = "Impersonate-Extra-";

    /// <summary>The user of a request.</summary>
    /// <exception cref="StatusException">401: the token is nobody's. 500: groups without a user are impersonated.</exception>
    public RequestUser UserOf(HttpRequest request) => Impersonated(request) ?? Own(request);

    private RequestUser Own(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return RequestUser.Admin;
        try
        {
            return tokens.UserOf(header[Bearer.Length..].Trim(), [], out _);
        }
        catch (TokenException)
        {
            throw new StatusException(ApiErrors.Unauthorized());
        }
    }

    private RequestUser? Impersonated(HttpRequest request)
    {
        var name = request.Headers["Impersonate-User"].ToString();
        var groups = request.Headers["Impersonate-Group"].OfType<string>().ToValueList();
        var uid = request.Headers["Impersonate-Uid"].ToString();
        var extra = request.Headers.Where(header => header.Key.StartsWith(ExtraPrefix, StringComparison.OrdinalIgnoreCase)).ToList();
        if (name.Length == 0)
        {
            if (groups.IsEmpty && uid.Length == 0 && extra.Count == 0) return null;
            // 500 in the real server: but it is the client that is wrong.
            throw new StatusException(ApiErrors.BadRequest("requested impersonation without impersonating a user"));
        }

        // Whoever impersonates must be somebody.
        Own(request);
        if (groups.IsEmpty) groups = RequestUser.ServiceAccountGroups(name);
        var everybody = name == RequestUser.Anonymous ? "system:unauthenticated" : RequestUser.Authenticated;
        if (!groups.Contains(everybody)) groups = groups.Add(everybody);
        return new RequestUser(name, uid, groups, ValueMap<ValueList<string>>.From(extra.Select(header => KeyValuePair.Create(
            Uri.UnescapeDataString(header.Key[ExtraPrefix.Length..].ToLowerInvariant()), header.Value.OfType<string>().ToValueList()))));
    }
}
