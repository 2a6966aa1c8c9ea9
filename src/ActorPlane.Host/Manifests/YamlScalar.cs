using System.Globalization;
using ActorPlane.Api;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ActorPlane.Host.Manifests;

/// <summary>
/// What a YAML scalar means in a Kubernetes manifest: kubectl reads YAML 1.1 as go-yaml v2 does (yes and on are booleans,
/// 0755 is octal, dates stay texts) and turns it into JSON.
/// </summary>
internal static class YamlScalar
{
    /// <summary>The JSON value of <paramref name="scalar"/>.</summary>
    public static JsonValue Resolve(Scalar scalar)
    {
        if (scalar.Style != ScalarStyle.Plain) return JsonValue.Of(scalar.Value);
        if (!scalar.Tag.IsEmpty && scalar.Tag == "tag:yaml.org,2002:str") return JsonValue.Of(scalar.Value);
        return scalar.Value switch
        {
            "" or "~" or "null" or "Null" or "NULL" => JsonValue.Null,
            "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "y" or "Y" or "on" or "On" or "ON" => JsonValue.True,
            "false" or "False" or "FALSE" or "no" or "No" or "NO" or "n" or "N" or "off" or "Off" or "OFF" => JsonValue.False,
            var text => Number(text) ?? JsonValue.Of(text),
        };
    }

    private static JsonValue? Number(string text)
    {
        var digits = text.Replace("_", "", StringComparison.Ordinal);
        var sign = digits.StartsWith('-') ? "-" : "";
        var rest = digits.AsSpan(digits.StartsWith('-') || digits.StartsWith('+') ? 1 : 0);
        if (rest.IsEmpty || !(char.IsAsciiDigit(rest[0]) || rest[0] == '.')) return null;
        if (Radix(rest) is { } whole) return JsonValue.Number(sign + whole.ToString(CultureInfo.InvariantCulture));
        if (!rest.ContainsAnyExcept("0123456789"))
            return JsonValue.Number(sign + (rest.TrimStart('0') is { IsEmpty: false } trimmed ? trimmed.ToString() : "0"));
        return double.TryParse(digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture, out var real) && double.IsFinite(real)
            ? JsonValue.Of(real)
            : null;
    }

    private static ulong? Radix(ReadOnlySpan<char> digits)
    {
        if (digits.Length < 2 || digits[0] != '0') return null;
        try
        {
            return digits[1] switch
            {
                'x' => Convert.ToUInt64(digits[2..].ToString(), 16),
                'b' => Convert.ToUInt64(digits[2..].ToString(), 2),
                'o' => Convert.ToUInt64(digits[2..].ToString(), 8),
                >= '0' and <= '7' when !digits.ContainsAnyExcept("01234567") => Convert.ToUInt64(digits.ToString(), 8),
                _ => null,
            };
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            return null;
        }
    }
}
