using Microsoft.AspNetCore.Http;

namespace ActorPlane.Host.Http;

/// <summary>
/// Who asks. Over plain HTTP nobody can prove anything, so everybody is <c>admin</c> of the group <c>system:masters</c>,
/// unless the request impersonates another (<c>Impersonate-User</c>).
/// </summary>
public sealed record RequestUser(string Name, string Uid, IReadOnlyList<string> Groups)
{
    private const string Authenticated = "system:authenticated";

    /// <summary>The user of a request.</summary>
    public static RequestUser Of(HttpRequest request)
    {
        var impersonated = request.Headers["Impersonate-User"].ToString();
        return impersonated.Length == 0
            ? new RequestUser("admin", "", ["system:masters", Authenticated])
            : new RequestUser(impersonated, request.Headers["Impersonate-Uid"].ToString(), [.. request.Headers["Impersonate-Group"].OfType<string>(), Authenticated]);
    }
}
