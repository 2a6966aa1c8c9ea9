using System.Globalization;
using System.Text;

namespace ActorPlane.Api.Cel;

/// <summary>Values as text: in errors, by <c>string()</c> and by <c>format</c>.</summary>
internal static class CelText
{
    /// <summary>The value as text; texts inside of lists and maps are quoted when asked for.</summary>
    public static string Show(CelValue value, bool quote = false)
    {
        var text = new StringBuilder();
        Write(text, value, quote);
        return text.ToString();
    }

    /// <summary>A number as Go's <c>%g</c> prints it.</summary>
    public static string Double(double value)
    {
        if (double.IsNaN(value)) return "NaN";
        if (double.IsInfinity(value)) return value > 0 ? "+Inf" : "-Inf";
        if (value.Equals(0d)) return double.IsNegative(value) ? "-0" : "0";
        var digits = value.ToString("E16", CultureInfo.InvariantCulture);
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var exponent = int.Parse(digits.AsSpan(digits.IndexOf('E', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = Mantissa(shortest);
        if (exponent is >= -4 and < 6) return Plain(value, mantissa, exponent);
        var tail = mantissa.Length > 1 ? "." + mantissa[1..] : "";
        return string.Create(CultureInfo.InvariantCulture, $"{(value < 0 ? "-" : "")}{mantissa[0]}{tail}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):D2}");
    }

    /// <summary>The seconds of a duration, with as many places as they need.</summary>
    public static string Duration(long nanos) => (nanos / 1e9).ToString("0.#########", CultureInfo.InvariantCulture) + "s";

    private static string Plain(double value, string mantissa, int exponent)
    {
        var sign = value < 0 ? "-" : "";
        if (exponent < 0) return $"{sign}0.{new string('0', -exponent - 1)}{mantissa}";
        return mantissa.Length <= exponent + 1 ? sign + mantissa.PadRight(exponent + 1, '0') : $"{sign}{mantissa[..(exponent + 1)]}.{mantissa[(exponent + 1)..]}";
    }

    // The digits that count.
    private static string Mantissa(string shortest)
    {
        var end = shortest.IndexOf('E', StringComparison.Ordinal);
        var digits = (end < 0 ? shortest : shortest[..end]).Replace(".", "", StringComparison.Ordinal).TrimStart('-').TrimStart('0').TrimEnd('0');
        return digits.Length == 0 ? "0" : digits;
    }

    private static void Write(StringBuilder text, CelValue value, bool quote)
    {
        if (text.Length > CelStrings.MostCharacters) return;
        switch (value)
        {
            case CelValue.Text t: text.Append(quote ? GoText.Quote(t.Value) : t.Value); break;
            case CelValue.Null: text.Append("null"); break;
            case CelValue.Bool flag: text.Append(flag.Value ? "true" : "false"); break;
            case CelValue.Int number: text.Append(number.Value.ToString(CultureInfo.InvariantCulture)); break;
            case CelValue.Uint number: text.Append(number.Value.ToString(CultureInfo.InvariantCulture)); break;
            case CelValue.Double number: text.Append(Double(number.Value)); break;
            case CelValue.Bytes bytes: text.Append(Encoding.UTF8.GetString(bytes.Value)); break;
            case CelValue.Duration duration: text.Append(Duration(duration.Nanos)); break;
            case CelValue.Timestamp time: text.Append(CelTime.Show(time)); break;
            case CelValue.TypeValue type: text.Append(type.Value.Name); break;
            case CelValue.Ip ip: text.Append(CelAddresses.Show(ip.Value)); break;
            case CelValue.Cidr cidr: text.Append(CelAddresses.Show(cidr.Address)).Append(CultureInfo.InvariantCulture, $"/{cidr.Prefix}"); break;
            case CelValue.Url url: text.Append(url.Value.Text); break;
            case CelValue.Amount amount: text.Append(amount.Value); break;
            case CelValue.Optional optional:
                text.Append("optional");
                if (optional.Value is null) text.Append(".none()");
                else WriteIn(text.Append('('), optional.Value, ')');
                break;
            case CelList list:
                text.Append('[');
                for (var i = 0; i < list.Count; i++)
                {
                    if (i > 0) text.Append(", ");
                    Write(text, list[i], quote: true);
                }

                text.Append(']');
                break;
            case CelMap map:
                var entries = new List<string>(map.Count);
                for (var i = 0; i < map.Count; i++) entries.Add($"{Show(map.KeyAt(i), quote: true)}: {(map.Find(map.KeyAt(i)) is { } below ? Show(below, quote: true) : "null")}");
                entries.Sort(StringComparer.Ordinal);
                text.Append('{').AppendJoin(", ", entries).Append('}');
                break;
            default: text.Append(value.Type); break;
        }
    }

    private static void WriteIn(StringBuilder text, CelValue value, char close)
    {
        Write(text, value, quote: true);
        text.Append(close);
    }
}
