using System.Text;

namespace ActorPlane.Host.Tests.Fuzz;

/// <summary>One request, as it goes over the wire.</summary>
/// <param name="Method">GET, ...</param>
/// <param name="Target">Path and query, as they are sent.</param>
/// <param name="Headers">Whole lines.</param>
/// <param name="Body">Empty: none is sent.</param>
/// <param name="Chunked">Send the body in pieces.</param>
internal sealed record FuzzRequest(string Method, string Target, IReadOnlyList<string> Headers, byte[] Body, bool Chunked)
{
    /// <summary>Whether the answer may never end by itself.</summary>
    public bool IsEndless => Method is "GET" or "HEAD" && (Target.Contains("watch", StringComparison.Ordinal) || Target.Contains("follow=", StringComparison.Ordinal));

    /// <summary>The bytes.</summary>
    public byte[] ToBytes()
    {
        var head = new StringBuilder($"{Method} {Target} HTTP/1.1\r\nHost: localhost\r\n");
        foreach (var header in Headers) head.Append(header).Append("\r\n");
        if (Chunked) head.Append("Transfer-Encoding: chunked\r\n");
        else if (Body.Length > 0 || Method is "POST" or "PUT" or "PATCH") head.Append($"Content-Length: {Body.Length}\r\n");
        head.Append("\r\n");

        // Latin-1, so that a target or a header may hold any byte.
        var bytes = new List<byte>(Encoding.Latin1.GetBytes(head.ToString()));
        if (!Chunked)
        {
            bytes.AddRange(Body);
            return [.. bytes];
        }

        for (var at = 0; at < Body.Length; at += 50)
        {
            var piece = Body.AsSpan(at, Math.Min(50, Body.Length - at));
            bytes.AddRange(Encoding.ASCII.GetBytes($"{piece.Length:x}\r\n"));
            bytes.AddRange(piece);
            bytes.AddRange("\r\n"u8);
        }

        bytes.AddRange("0\r\n\r\n"u8);
        return [.. bytes];
    }

    /// <summary>For the message of a failed test; what is not text is shown as such.</summary>
    public override string ToString() => $"{Method} {Target}\n  {string.Join("\n  ", Headers)}\n  {(Chunked ? "in pieces: " : "")}{Encoding.UTF8.GetString(Body.AsSpan(0, Math.Min(Body.Length, 3000)))}";
}
