using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace ActorPlane.Api.Cel;

/// <summary>
/// An address on the web, read as Go's net/url does when it reads that of a request. Source: k8s.io/apiserver/pkg/cel/library/urls.go.
/// </summary>
/// <param name="Text">As it is written.</param>
/// <param name="Scheme">In lower case; may be empty.</param>
/// <param name="Host">With the port.</param>
/// <param name="Path">Still escaped.</param>
/// <param name="Query">What follows the question mark.</param>
internal sealed record CelUrl(string Text, string Scheme, string Host, string Path, string Query)
{
    /// <summary>Reads an address: absolute, or a path from the root.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out CelUrl? url, [NotNullWhen(false)] out string? error)
    {
        url = null;
        error = Parse(text, ref url);
        if (error is not null) error = $"parse {GoText.Quote(text)}: {error}";
        return url is not null;
    }

    /// <summary>The part that a function asks for; null when the function is another.</summary>
    public CelValue? Call(string function) => function switch
    {
        "getScheme" => new CelValue.Text(Scheme),
        "getHost" => new CelValue.Text(Host),
        "getHostname" => new CelValue.Text(Bracketed(Host) is { } inner ? inner : PortAt(Host) is >= 0 and var at ? Host[..at] : Host),
        "getPort" => new CelValue.Text(PortAt(Host) is >= 0 and var at ? Host[(at + 1)..] : ""),
        "getEscapedPath" => new CelValue.Text(Path),
        "getQuery" => Values(Query),
        _ => null,
    };

    private static string? Parse(string text, ref CelUrl? url)
    {
        if (text.Any(c => c < ' ' || c == '\x7f')) return "net/url: invalid control character in URL";
        if (text.Length == 0) return "empty url";
        var scheme = "";
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsAsciiLetter(c)) continue;
            if (c == ':' && i == 0) return "missing protocol scheme";
            if (c == ':') scheme = text[..i];
            else if (i > 0 && (char.IsAsciiDigit(c) || c is '+' or '-' or '.')) continue;
            break;
        }

        var rest = scheme.Length == 0 ? text : text[(scheme.Length + 1)..];
        var query = "";
        if (rest.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark) (rest, query) = (rest[..mark], rest[(mark + 1)..]);
        if (query.IndexOf('#', StringComparison.Ordinal) is >= 0 and var inQuery) query = query[..inQuery];
        else if (rest.IndexOf('#', StringComparison.Ordinal) is >= 0 and var inPath) (rest, query) = (rest[..inPath], "");
        if (!rest.StartsWith('/'))
        {
            if (scheme.Length == 0) return "invalid URI for request";
            url = new CelUrl(text, scheme.ToLowerInvariant(), "", "", query);
            return null;
        }

        var host = "";
        if (scheme.Length > 0 && rest.StartsWith("//", StringComparison.Ordinal))
        {
            var end = rest.IndexOf('/', 2);
            var authority = end < 0 ? rest[2..] : rest[2..end];
            rest = end < 0 ? "" : rest[end..];
            host = authority[(authority.LastIndexOf('@') + 1)..];
            if (host.FirstOrDefault(c => c is ' ' or '"' or '<' or '>' or '\\' or '^' or '`' or '{' or '|' or '}') is var wrong and not '\0') return $"invalid character \"{wrong}\" in host name";
            var port = Bracketed(host) is not null ? host[(host.IndexOf(']', StringComparison.Ordinal) + 1)..] : host.LastIndexOf(':') is >= 0 and var colon ? host[colon..] : "";
            if (host.StartsWith('[') && Bracketed(host) is null) return "missing ']' in host";
            if (port.Length > 0 && (port[0] != ':' || !port.AsSpan(1).ContainsOnlyDigits())) return $"invalid port {GoText.Quote(port)} after host";
        }

        for (var i = rest.IndexOf('%', StringComparison.Ordinal); i >= 0; i = rest.IndexOf('%', i + 1))
        {
            if (i + 2 >= rest.Length || !char.IsAsciiHexDigit(rest[i + 1]) || !char.IsAsciiHexDigit(rest[i + 2]))
                return $"invalid URL escape {GoText.Quote(rest.Substring(i, Math.Min(3, rest.Length - i)))}";
        }

        url = new CelUrl(text, scheme.ToLowerInvariant(), host, Escape(rest), query);
        return null;
    }

    private static string? Bracketed(string host) => host.StartsWith('[') && host.IndexOf(']', StringComparison.Ordinal) is > 0 and var end ? host[1..end] : null;

    private static int PortAt(string host)
    {
        var at = host.LastIndexOf(':');
        return at > host.LastIndexOf(']') ? at : -1;
    }

    private static string Escape(string path)
    {
        var result = new StringBuilder(path.Length);
        foreach (var b in Encoding.UTF8.GetBytes(path))
        {
            if (b > 0x7f || (char)b is ' ' or '"' or '<' or '>' or '\\' or '^' or '`' or '{' or '|' or '}') result.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
            else result.Append((char)b);
        }

        return result.ToString();
    }

    // Each name with its values, in the order of the query.
    private static CelMap Values(string query)
    {
        var names = new List<string>();
        var values = new Dictionary<string, List<CelValue>>(StringComparer.Ordinal);
        foreach (var part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Contains(';', StringComparison.Ordinal)) continue;
            var at = part.IndexOf('=', StringComparison.Ordinal);
            var name = Uri.UnescapeDataString((at < 0 ? part : part[..at]).Replace('+', ' '));
            if (!values.TryGetValue(name, out var list))
            {
                values[name] = list = [];
                names.Add(name);
            }

            list.Add(new CelValue.Text(at < 0 ? "" : Uri.UnescapeDataString(part[(at + 1)..].Replace('+', ' '))));
        }

        var result = CelMap.Empty;
        foreach (var name in names) result = (CelMap)result.Insert(new CelValue.Text(name), CelList.Of(values[name]));
        return result;
    }
}

file static class Digits
{
    public static bool ContainsOnlyDigits(this ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c)) return false;
        }

        return true;
    }
}
