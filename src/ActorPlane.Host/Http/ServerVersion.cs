using ActorPlane.Api;

namespace ActorPlane.Host.Http;

/// <summary>Which Kubernetes the server is: clients choose by it what they may ask.</summary>
internal static class ServerVersion
{
    /// <summary>The release whose behaviour is followed.</summary>
    public const string GitVersion = "v1.32.0";

    /// <summary><c>/version</c>.</summary>
    public static JsonValue Document { get; } = JsonValue.Object(
        ("major", JsonValue.Of("1")), ("minor", JsonValue.Of("32")), ("gitVersion", JsonValue.Of(GitVersion)), ("gitCommit", JsonValue.Of("")),
        ("gitTreeState", JsonValue.Of("clean")), ("buildDate", JsonValue.Of("1970-01-01T00:00:00Z")), ("goVersion", JsonValue.Of("")),
        ("compiler", JsonValue.Of("dotnet")), ("platform", JsonValue.Of("linux/amd64")));
}
