using System.Globalization;
using System.Net;

namespace ActorPlane.Api;

/// <summary>
/// The rules for names and labels. Each returns what is wrong, in the real server's words; nothing when all is well.
/// Source: staging/src/k8s.io/apimachinery/pkg/util/validation/validation.go.
/// </summary>
public static class NameRules
{
    private const string LabelPattern = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private const string SubdomainPattern = LabelPattern + "(\\." + LabelPattern + ")*";
    private const string QualifiedPattern = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";

    /// <summary>At most 63 of a-z, 0-9 and '-', not at the ends.</summary>
    public static ValueList<string> DnsLabel(string name)
    {
        var problems = new List<string>();
        if (name.Length > 63) problems.Add(TooLong(63));
        if (!IsDnsLabel(name))
        {
            problems.Add(IsDnsSubdomain(name)
                ? "must not contain dots"
                : Pattern("a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character", LabelPattern, "my-name", "123-abc"));
        }

        return [.. problems];
    }

    /// <summary>At most 253: labels joined by dots.</summary>
    public static ValueList<string> DnsSubdomain(string name)
    {
        var problems = new List<string>();
        if (name.Length > 253) problems.Add(TooLong(253));
        if (!IsDnsSubdomain(name))
        {
            problems.Add(Pattern("a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character", SubdomainPattern, "example.com"));
        }

        return [.. problems];
    }

    /// <summary>A subdomain whose first label may be any: <c>*.example.com</c>.</summary>
    public static ValueList<string> WildcardSubdomain(string name)
    {
        var problems = new List<string>();
        if (name.Length > 253) problems.Add(TooLong(253));
        if (!name.StartsWith("*.", StringComparison.Ordinal) || !IsDnsSubdomain(name.AsSpan(2)))
        {
            problems.Add(Pattern("a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character", "\\*\\." + SubdomainPattern, "*.example.com"));
        }

        return [.. problems];
    }

    /// <summary>As <see cref="DnsLabel"/>, and the first character is a letter: names of Services.</summary>
    public static ValueList<string> Dns1035Label(string name)
    {
        var problems = new List<string>();
        if (name.Length > 63) problems.Add(TooLong(63));
        if (!IsDnsLabel(name) || !char.IsAsciiLetterLower(name[0]))
        {
            problems.Add(Pattern("a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character", "[a-z]([-a-z0-9]*[a-z0-9])?", "my-name", "abc-123"));
        }

        return [.. problems];
    }

    /// <summary>Keys of labels, annotations, taints and resources: an optional subdomain, '/', and a name of at most 63.</summary>
    public static ValueList<string> QualifiedName(string value)
    {
        var problems = new List<string>();
        var parts = value.Split('/');
        var name = parts[^1];
        switch (parts.Length)
        {
            case 1:
                break;
            case 2 when parts[0].Length == 0:
                problems.Add("prefix part must be non-empty");
                break;
            case 2:
                foreach (var problem in DnsSubdomain(parts[0])) problems.Add("prefix part " + problem);
                break;
            default:
                return [Pattern("a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character", QualifiedPattern, "MyName", "my.name", "123-abc")
                    + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"];
        }

        if (name.Length == 0) problems.Add("name part must be non-empty");
        else if (name.Length > 63) problems.Add("name part " + TooLong(63));
        if (!IsQualified(name))
        {
            problems.Add("name part " + Pattern("must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character", QualifiedPattern, "MyName", "my.name", "123-abc"));
        }

        return [.. problems];
    }

    /// <summary>Values of labels: empty, or at most 63 as in a qualified name.</summary>
    public static ValueList<string> LabelValue(string value)
    {
        var problems = new List<string>();
        if (value.Length > 63) problems.Add(TooLong(63));
        if (value.Length > 0 && !IsQualified(value))
        {
            problems.Add(Pattern("a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character", "(" + QualifiedPattern + ")?", "MyValue", "my_value", "12345"));
        }

        return [.. problems];
    }

    /// <summary>Names that become one part of a path (RBAC): not ".", "..", without '/' and '%'.</summary>
    public static ValueList<string> PathSegment(string name)
    {
        if (name is "." or "..") return [$"may not be '{name}'"];
        var problems = new List<string>();
        foreach (var bad in "/%")
        {
            if (name.Contains(bad, StringComparison.Ordinal)) problems.Add($"may not contain '{bad}'");
        }

        return [.. problems];
    }

    /// <summary>Keys of ConfigMaps and Secrets.</summary>
    public static ValueList<string> ConfigMapKey(string key)
    {
        var problems = new List<string>();
        if (key.Length > 253) problems.Add(TooLong(253));
        var valid = key.Length > 0;
        foreach (var c in key) valid &= char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.';
        if (!valid) problems.Add(Pattern("a valid config key must consist of alphanumeric characters, '-', '_' or '.'", "[-._a-zA-Z0-9]+", "key.name", "KEY_NAME", "key-name"));
        if (key == ".") problems.Add("must not be '.'");
        else if (key == "..") problems.Add("must not be '..'");
        else if (key.StartsWith("..", StringComparison.Ordinal)) problems.Add("must not start with '..'");
        return [.. problems];
    }

    /// <summary>Names of environment variables: any printable text without '=' since 1.32.</summary>
    public static ValueList<string> EnvVarName(string name)
    {
        if (name.Length == 0) return ["environment variable name must be non-empty"];
        foreach (var c in name)
        {
            if (c is < ' ' or > '~' or '=')
            {
                return ["a valid environment variable name must consist only of printable ASCII characters other than '='"];
            }
        }

        return [];
    }

    /// <summary>Names of HTTP headers.</summary>
    public static ValueList<string> HttpHeader(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
        ? [] : [Pattern("a valid HTTP header must consist of alphanumeric characters or '-'", "[-A-Za-z0-9]+", "X-Header-Name")];

    /// <summary>Names of ports: at most 15 of a-z, 0-9 and single '-', with a letter.</summary>
    public static ValueList<string> PortName(string name)
    {
        var problems = new List<string>();
        if (name.Length > 15) problems.Add(TooLong(15));
        var charset = name.Length > 0;
        var letter = false;
        foreach (var c in name)
        {
            charset &= char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-';
            letter |= char.IsAsciiLetterLower(c);
        }

        if (!charset) problems.Add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        if (!letter) problems.Add("must contain at least one letter (a-z)");
        if (name.Contains("--", StringComparison.Ordinal)) problems.Add("must not contain consecutive hyphens");
        if (name is ['-', ..] or [.., '-']) problems.Add("must not begin or end with a hyphen");
        return [.. problems];
    }

    /// <summary>Port numbers: 1 to 65535.</summary>
    public static ValueList<string> PortNumber(int port) => port is >= 1 and <= 65535 ? [] : ["must be between 1 and 65535, inclusive"];

    /// <summary>An IPv4 or IPv6 address.</summary>
    public static ValueList<string> IpAddress(string value) => TryIp(value) is null ? ["must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"] : [];

    /// <summary>An address that endpoints can have: neither nobody's, nor a machine's own, nor one of its link. Source: pkg/apis/core/validation/validation.go ValidateNonSpecialIP.</summary>
    public static ValueList<string> NonSpecialIp(string value)
    {
        if (TryIp(value) is not { } address) return ["must be a valid IP address"];
        var bytes = address.GetAddressBytes();
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)) return [$"may not be unspecified ({value})"];
        if (IPAddress.IsLoopback(address)) return ["may not be in the loopback range (127.0.0.0/8, ::1/128)"];
        if (address.IsIPv6LinkLocal || bytes is [169, 254, _, _]) return ["may not be in the link-local range (169.254.0.0/16, fe80::/10)"];
        return bytes is [224, 0, 0, _] or [0xff, 0x02, ..] ? ["may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)"] : [];
    }

    /// <summary>A network: an address and the length of its prefix.</summary>
    public static ValueList<string> Cidr(string value) => TryCidr(value) is null ? ["must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"] : [];

    /// <summary>The address, or null. Leading zeros are read as nothing; a zone is no part of an address. Source: k8s.io/utils/net ParseIPSloppy.</summary>
    internal static IPAddress? TryIp(string value)
    {
        if (value.Contains(':', StringComparison.Ordinal))
            return !value.AsSpan().ContainsAny('%', '[', '/') && IPAddress.TryParse(value, out var wide) ? wide : null;
        var parts = value.Split('.');
        if (parts.Length != 4) return null;
        var bytes = new byte[4];
        for (var i = 0; i < 4; i++)
        {
            if (parts[i].Length > 3 || !byte.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out bytes[i])) return null;
        }

        return new IPAddress(bytes);
    }

    /// <summary>The address in a network, and the length of its prefix; null when it is none.</summary>
    internal static (IPAddress Address, int Length)? TryCidr(string value)
    {
        var slash = value.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || TryIp(value[..slash]) is not { } address) return null;
        return int.TryParse(value.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= address.GetAddressBytes().Length * 8
            ? (address, length) : null;
    }

    /// <summary>Whether an address is in a network.</summary>
    internal static bool HasPrefix(IPAddress address, (IPAddress Address, int Length) network)
    {
        var (one, other) = (address.GetAddressBytes(), network.Address.GetAddressBytes());
        if (one.Length != other.Length) return false;
        for (var bit = 0; bit < network.Length; bit++)
        {
            if (((one[bit / 8] ^ other[bit / 8]) & (0x80 >> (bit % 8))) != 0) return false;
        }

        return true;
    }

    internal static string TooLong(int length) => string.Create(CultureInfo.InvariantCulture, $"must be no more than {length} characters");

    private static string Pattern(string text, string pattern, params ReadOnlySpan<string> examples)
    {
        var joined = "";
        for (var i = 0; i < examples.Length; i++) joined += (i > 0 ? " or " : "") + $"'{examples[i]}', ";
        return $"{text} (e.g. {joined}regex used for validation is '{pattern}')";
    }

    private static bool IsDnsLabel(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || name[0] == '-' || name[^1] == '-') return false;
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-') return false;
        }

        return true;
    }

    private static bool IsDnsSubdomain(ReadOnlySpan<char> name)
    {
        foreach (var part in name.Split('.'))
        {
            if (!IsDnsLabel(name[part])) return false;
        }

        return true;
    }

    private static bool IsQualified(string name)
    {
        if (name.Length == 0 || !char.IsAsciiLetterOrDigit(name[0]) || !char.IsAsciiLetterOrDigit(name[^1])) return false;
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')) return false;
        }

        return true;
    }
}
