using System.Net;

namespace ActorPlane.Host.Http;

/// <summary>The value of <c>--listen</c>.</summary>
internal static class ListenAddress
{
    /// <summary>Serve no HTTP.</summary>
    public const string Off = "off";

    /// <summary>Where a kubectl without any configuration looks.</summary>
    public const string Default = "127.0.0.1:8080";

    /// <summary>Address and port, with or without <c>http://</c> before them; <c>localhost</c> is 127.0.0.1. Null when it is neither.</summary>
    public static IPEndPoint? Parse(string text)
    {
        const string Scheme = "http://";
        if (text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) text = text[Scheme.Length..].TrimEnd('/');
        if (text.StartsWith("localhost:", StringComparison.OrdinalIgnoreCase)) text = "127.0.0.1" + text["localhost".Length..];
        var colon = text.LastIndexOf(':');
        var hasPort = colon > 0 && (text[0] != '[' || text[colon - 1] == ']') && text.AsSpan(colon + 1).Length > 0;
        return hasPort && IPEndPoint.TryParse(text, out var endPoint) ? endPoint : null;
    }
}
