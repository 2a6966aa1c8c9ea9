using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ActorPlane.Host.Http;

/// <summary>
/// JSON for people: in lines, by two blanks, when a request says <c>pretty=true</c> or comes from a browser or curl
/// (<c>apiserver/pkg/endpoints/handlers/negotiation</c>, isPrettyPrint).
/// </summary>
internal static class PrettyJson
{
    /// <summary>How such answers are written.</summary>
    public static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, Indented = true, IndentSize = 2, NewLine = "\n",
    };

    /// <summary>Whether a person reads the answer.</summary>
    public static bool IsWanted(HttpRequest request)
    {
        if (request.Query["pretty"] is [{ Length: > 0 } text, ..]) return text is "1" or "t" or "T" or "true" or "TRUE" or "True";
        var agent = request.Headers.UserAgent.ToString();
        return agent.StartsWith("curl", StringComparison.Ordinal) || agent.StartsWith("Wget", StringComparison.Ordinal) || agent.StartsWith("Mozilla/5.0", StringComparison.Ordinal);
    }

    /// <summary>The same JSON in lines.</summary>
    public static byte[] Of(byte[] json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = Api.JsonValue.MaxDepth });
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(json.Length * 2);
        using (var writer = new Utf8JsonWriter(buffer, Options)) document.RootElement.WriteTo(writer);
        return buffer.WrittenSpan.ToArray();
    }
}
