using System.Buffers.Text;
using ActorPlane.Api;
using ActorPlane.ApiServer;

namespace ActorPlane.Host.Http;

/// <summary>Where a list with a limit goes on: a revision and the last object shown (<c>apiserver/pkg/storage/continue.go</c>).</summary>
public readonly record struct ContinueToken(long Revision, NamespacedName After)
{
    /// <summary>In the place of a revision: go on with what there is now, whatever the list began with.</summary>
    public const long Latest = -1;

    /// <summary>Reads a token.</summary>
    /// <exception cref="StatusException">400: it is none of ours.</exception>
    public static ContinueToken Parse(string text)
    {
        try
        {
            var tree = JsonValue.Parse(Base64Url.DecodeFromChars(text));
            if (tree["v"]?.AsString == "meta.k8s.io/v1" && tree["rv"]?.AsInt64 is { } revision && tree["start"]?.AsString is { } start
                && start.Split('/') is [var scope, var name])
            {
                return new ContinueToken(revision, new NamespacedName(scope, name.TrimEnd('\0')));
            }
        }
        catch (Exception e) when (e is FormatException or DecodeException)
        {
            throw Invalid();
        }

        throw Invalid();
    }

    /// <summary>As clients carry it.</summary>
    public override string ToString() => Base64Url.EncodeToString(JsonValue.Object(
        ("v", JsonValue.Of("meta.k8s.io/v1")), ("rv", JsonValue.Of(Revision)), ("start", JsonValue.Of($"{After.Namespace}/{After.Name}\0"))).ToUtf8());

    private static StatusException Invalid() => new(ApiErrors.BadRequest("continue key is not valid: malformed value"));
}
