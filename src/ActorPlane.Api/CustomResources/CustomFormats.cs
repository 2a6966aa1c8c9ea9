using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ActorPlane.Api;

/// <summary>
/// The formats of texts that schemas of custom resources may ask for; others are not looked at.
/// Source: kube-openapi/pkg/validation/strfmt, apiextensions-apiserver/pkg/apiserver/validation/formats.go.
/// </summary>
internal static class CustomFormats
{
    /// <summary>Whether a text has a format.</summary>
    public static bool Fits(string format, string text) => format.Replace("-", "", StringComparison.Ordinal) switch
    {
        "datetime" => Rfc3339.TryParse(text, out _),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "duration" => IsDuration(text),
        "byte" => IsBase64(text),
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _) || (text.StartsWith('/') && Uri.TryCreate(text, UriKind.Relative, out _)),
        "email" => text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < text.Length - 1 && !text.Contains(' ', StringComparison.Ordinal),
        "hostname" => text.Length is > 0 and <= 255 && NameRules.DnsSubdomain(text.ToLowerInvariant().TrimEnd('.')).IsEmpty,
        "ipv4" => IPAddress.TryParse(text, out var v4) && v4.AddressFamily == AddressFamily.InterNetwork && text.Count(c => c == '.') == 3,
        "ipv6" => IPAddress.TryParse(text, out var v6) && v6.AddressFamily == AddressFamily.InterNetworkV6,
        "cidr" => IPNetwork.TryParse(text, out _) || IsAddressWithPrefix(text),
        "mac" => text.Split(':', '-') is { Length: 6 or 8 } parts && parts.All(part => part.Length == 2 && part.All(char.IsAsciiHexDigit)),
        "uuid" => Guid.TryParseExact(text, "D", out _) || Guid.TryParseExact(text, "N", out _),
        "uuid3" => IsUuid(text, '3'),
        "uuid4" => IsUuid(text, '4'),
        "uuid5" => IsUuid(text, '5'),
        "hexcolor" => text.TrimStart('#') is { Length: 3 or 6 } digits && digits.All(char.IsAsciiHexDigit),
        "bsonobjectid" => text.Length == 24 && text.All(char.IsAsciiHexDigit),
        _ => true,
    };

    private static bool IsUuid(string text, char version) => Guid.TryParseExact(text, "D", out _) && text[14] == version;

    private static bool IsAddressWithPrefix(string text) =>
        text.Split('/') is [var address, var bits] && IPAddress.TryParse(address, out var ip)
        && int.TryParse(bits, NumberStyles.None, CultureInfo.InvariantCulture, out var prefix)
        && prefix <= (ip.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);

    private static bool IsBase64(string text) => Convert.TryFromBase64String(text, new byte[(text.Length * 3 / 4) + 3], out _);

    // Go's durations: numbers with units, such as 1h30m or 1.5s.
    private static bool IsDuration(string text)
    {
        var rest = text.AsSpan().TrimStart(['+', '-']);
        if (rest is "0") return true;
        if (rest.IsEmpty) return false;
        while (!rest.IsEmpty)
        {
            var digits = 0;
            while (digits < rest.Length && (char.IsAsciiDigit(rest[digits]) || rest[digits] == '.')) digits++;
            if (digits == 0) return false;
            rest = rest[digits..].TrimStart(' ');
            var unit = 0;
            while (unit < rest.Length && char.IsLetter(rest[unit])) unit++;
            if (rest[..unit] is not ("ns" or "us" or "µs" or "ms" or "s" or "m" or "h" or "d" or "w" or "sec" or "secs" or "min" or "mins" or "hour" or "hours" or "day" or "days")) return false;
            rest = rest[unit..].TrimStart(' ');
        }

        return true;
    }
}
