using System.Text;
using ActorPlane.Api;
using ActorPlane.Host.Manifests;

namespace ActorPlane.Host.Tests.Http;

/// <summary>What came back over a <see cref="RawHttp"/>.</summary>
internal sealed record RawAnswer(int Code, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    // The real server's reasons and their codes (apimachinery/pkg/apis/meta/v1/types.go).
    private static readonly Dictionary<string, int> Codes = new()
    {
        ["BadRequest"] = 400, ["Unauthorized"] = 401, ["Forbidden"] = 403, ["NotFound"] = 404, ["MethodNotAllowed"] = 405, ["NotAcceptable"] = 406,
        ["AlreadyExists"] = 409, ["Conflict"] = 409, ["Gone"] = 410, ["Expired"] = 410, ["RequestEntityTooLarge"] = 413, ["UnsupportedMediaType"] = 415,
        ["Invalid"] = 422, ["TooManyRequests"] = 429, ["InternalError"] = 500, ["NotImplemented"] = 501, ["ServiceUnavailable"] = 503, ["Timeout"] = 504,
    };

    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>Whether the server closes the connection behind it.</summary>
    public bool Closes => Headers.GetValueOrDefault("Connection") == "close";

    /// <summary>What is wrong with it as a refusal; null when it is a proper Status.</summary>
    public string? WrongAsStatus()
    {
        JsonValue status;
        try
        {
            switch (Headers.GetValueOrDefault("Content-Type"))
            {
                case "application/json":
                    status = JsonValue.Parse(Body);
                    break;
                case "application/yaml":
                    status = new YamlReader("answer").Read(new StringReader(Text))[0].Content;
                    break;
                case ProtobufCodec.MediaType:
                    var message = ProtobufCodec.Open(Body, out var apiVersion, out var kind);
                    status = JsonCodec.ToTree((Api.Meta.V1.Status)ProtobufCodec.Decode(Api.Meta.V1.Status.Descriptor, message));
                    status = status.With("apiVersion", JsonValue.Of(apiVersion)).With("kind", JsonValue.Of(kind));
                    break;
                case var other:
                    return $"its Content-Type is {other}";
            }
        }
        catch (Exception e) when (e is DecodeException or InputFileException)
        {
            return $"it cannot be read: {e.Message}";
        }

        if (status["kind"]?.AsString != "Status" || status["apiVersion"]?.AsString != "v1" || status["status"]?.AsString != "Failure") return "it is no Status of a failure";
        if (status["code"]?.AsInt64 != Code) return $"it says the code {status["code"]?.AsInt64}";
        if (status["message"]?.AsString is not { Length: > 0 }) return "it has no message";
        var reason = status["reason"]?.AsString ?? "";

        // The real server has no word for some patches that make no sense.
        if (reason.Length == 0 && Code == 400) return null;
        return Codes.TryGetValue(reason, out var code) && code == Code ? null : $"its reason is {reason}";
    }
}
