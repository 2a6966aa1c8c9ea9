using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Error = ActorPlane.Api.Cel.CelValue.Error;
using Text = ActorPlane.Api.Cel.CelValue.Text;

namespace ActorPlane.Api.Cel;

/// <summary>Addresses of the Internet Protocol and ranges of them. Source: k8s.io/apiserver/pkg/cel/library/{ip,cidr}.go, Go's net/netip.</summary>
internal static class CelAddresses
{
    /// <summary>The result of a function of addresses; null when it is another or the arguments do not fit.</summary>
    public static CelValue? Call(string function, CelValue[] args) => (function, args) switch
    {
        ("ip", [Text text]) => Parse(text.Value, out var error) is { } ip ? new CelValue.Ip(ip) : new Error(error!),
        ("ip", [CelValue.Cidr range]) => new CelValue.Ip(range.Address),
        ("isIP", [Text text]) => CelValue.Bool.Of(Parse(text.Value, out _) is not null),
        ("ip.isCanonical", [Text text]) => Parse(text.Value, out var error) is { } ip ? CelValue.Bool.Of(Show(ip) == text.Value) : new Error(error!),
        ("cidr", [Text text]) => ParseRange(text.Value, out var error) ?? (CelValue)new Error(error!),
        ("isCIDR", [Text text]) => CelValue.Bool.Of(ParseRange(text.Value, out _) is not null),
        ("family", [CelValue.Ip ip]) => new CelValue.Int(ip.Value.AddressFamily == AddressFamily.InterNetwork ? 4 : 6),
        ("isUnspecified", [CelValue.Ip ip]) => CelValue.Bool.Of(ip.Value.Equals(IPAddress.Any) || ip.Value.Equals(IPAddress.IPv6Any)),
        ("isLoopback", [CelValue.Ip ip]) => CelValue.Bool.Of(IPAddress.IsLoopback(ip.Value)),
        ("isLinkLocalMulticast", [CelValue.Ip ip]) => CelValue.Bool.Of(IsLinkLocalMulticast(ip.Value.GetAddressBytes())),
        ("isLinkLocalUnicast", [CelValue.Ip ip]) => CelValue.Bool.Of(IsLinkLocal(ip.Value)),
        ("isGlobalUnicast", [CelValue.Ip ip]) => CelValue.Bool.Of(IsGlobal(ip.Value)),
        ("prefixLength", [CelValue.Cidr range]) => new CelValue.Int(range.Prefix),
        ("masked", [CelValue.Cidr range]) => new CelValue.Cidr(Masked(range.Address, range.Prefix), range.Prefix),
        ("containsIP", [CelValue.Cidr range, CelValue.Ip ip]) => CelValue.Bool.Of(Contains(range, ip.Value)),
        ("containsIP", [CelValue.Cidr range, Text text]) => Parse(text.Value, out var error) is { } ip ? CelValue.Bool.Of(Contains(range, ip)) : new Error(error!),
        ("containsCIDR", [CelValue.Cidr range, CelValue.Cidr other]) => CelValue.Bool.Of(Contains(range, other)),
        ("containsCIDR", [CelValue.Cidr range, Text text]) => ParseRange(text.Value, out var error) is { } other ? CelValue.Bool.Of(Contains(range, other)) : new Error(error!),
        _ => null,
    };

    /// <summary>An address in its canonical form.</summary>
    public static string Show(IPAddress address) => address.ToString();

    private static IPAddress? Parse(string text, out string? error)
    {
        error = $"IP Address {GoText.Quote(text)} parse error during conversion from string: ParseAddr({GoText.Quote(text)}): unable to parse IP";
        if (text.Contains(':', StringComparison.Ordinal))
        {
            if (text.AsSpan().ContainsAny('[', ']', '/')) return null;
            if (!IPAddress.TryParse(text, out var six) || six.AddressFamily != AddressFamily.InterNetworkV6) return null;
            if (text.Contains('%', StringComparison.Ordinal))
            {
                error = $"IP address {GoText.Quote(text)} with zone value is not allowed";
                return null;
            }

            if (!six.IsIPv4MappedToIPv6) return six;
            error = $"IPv4-mapped IPv6 address {GoText.Quote(text)} is not allowed";
            return null;
        }

        var parts = text.Split('.');
        if (parts.Length != 4) return null;
        var bytes = new byte[4];
        for (var i = 0; i < 4; i++)
        {
            if (parts[i].Length is 0 or > 3 || (parts[i].Length > 1 && parts[i][0] == '0') || !byte.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out bytes[i])) return null;
        }

        return new IPAddress(bytes);
    }

    private static CelValue.Cidr? ParseRange(string text, out string? error)
    {
        error = $"network address parse error during conversion from string: netip.ParsePrefix({GoText.Quote(text)}): no '/'";
        var slash = text.LastIndexOf('/');
        if (slash < 0) return null;
        if (Parse(text[..slash], out error) is not { } address) return null;
        var bits = text[(slash + 1)..];
        error = $"network address parse error during conversion from string: netip.ParsePrefix({GoText.Quote(text)}): bad bits after slash: {GoText.Quote(bits)}";
        if (bits.Length is 0 or > 3 || (bits.Length > 1 && bits[0] == '0') || !int.TryParse(bits, NumberStyles.None, CultureInfo.InvariantCulture, out var prefix)) return null;
        if (prefix <= address.GetAddressBytes().Length * 8) return new CelValue.Cidr(address, prefix);
        error = $"network address parse error during conversion from string: netip.ParsePrefix({GoText.Quote(text)}): prefix length out of range";
        return null;
    }

    // Of an IPv6 address the lower half of the second byte tells how far it reaches.
    private static bool IsLinkLocalMulticast(byte[] bytes) => bytes.Length == 4 ? bytes is [224, 0, 0, _] : bytes[0] == 0xff && (bytes[1] & 0x0f) == 2;

    private static bool IsLinkLocal(IPAddress address) => address.GetAddressBytes() is [169, 254, _, _] || address.IsIPv6LinkLocal;

    private static bool IsGlobal(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        var isMulticast = bytes.Length == 4 ? bytes[0] is >= 224 and < 240 : bytes[0] == 0xff;
        var isUnspecified = Array.TrueForAll(bytes, b => b == 0);
        return !isUnspecified && !IPAddress.IsLoopback(address) && !isMulticast && !IsLinkLocal(address) && !address.Equals(IPAddress.Broadcast);
    }

    private static IPAddress Masked(IPAddress address, int prefix)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var kept = Math.Clamp(prefix - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xff << (8 - kept));
        }

        return new IPAddress(bytes);
    }

    private static bool Contains(CelValue.Cidr range, IPAddress address) =>
        address.AddressFamily == range.Address.AddressFamily && Masked(address, range.Prefix).Equals(Masked(range.Address, range.Prefix));

    private static bool Contains(CelValue.Cidr range, CelValue.Cidr other) => other.Prefix >= range.Prefix && Contains(range, other.Address);
}
