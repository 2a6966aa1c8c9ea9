using System.Globalization;
using System.Text;
using Error = ActorPlane.Api.Cel.CelValue.Error;

namespace ActorPlane.Api.Cel;

/// <summary>
/// Points in time and spans of it, in nanoseconds. Source: cel-go/common/types/{timestamp,duration}.go, Go's time.ParseDuration.
/// </summary>
internal static class CelTime
{
    /// <summary>Nanoseconds of a second.</summary>
    public const long Second = 1_000_000_000;

    private const long Minute = 60 * Second;
    private const long Hour = 60 * Minute;

    /// <summary>0001-01-01T00:00:00Z, in nanoseconds since 1970.</summary>
    public static readonly Int128 Earliest = (Int128)(-62135596800) * Second;

    // The end of 9999-12-31.
    private static readonly Int128 Latest = ((Int128)253402300800 * Second) - 1;

    /// <summary>A point in time; an error when it is out of range.</summary>
    /// <param name="offset">The minutes by which its text is ahead of UTC.</param>
    public static CelValue Timestamp(Int128 nanos, int offset = 0) => nanos < Earliest || nanos > Latest ? new Error("timestamp overflow") : new CelValue.Timestamp(nanos, offset);

    /// <summary>Reads such as <c>1h30m</c> or <c>-1.5s</c>.</summary>
    public static bool TryDuration(string text, out long nanos)
    {
        nanos = 0;
        var rest = text.AsSpan();
        var isNegative = rest is ['-', ..];
        if (rest is ['-' or '+', ..]) rest = rest[1..];
        if (rest is "0") return true;
        if (rest.IsEmpty) return false;
        decimal sum = 0;
        while (!rest.IsEmpty)
        {
            var digits = 0;
            while (digits < rest.Length && (char.IsAsciiDigit(rest[digits]) || rest[digits] == '.')) digits++;
            if (digits is 0 or > 28 || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return false;
            rest = rest[digits..];
            var unit = 0;
            while (unit < rest.Length && !char.IsAsciiDigit(rest[unit]) && rest[unit] != '.') unit++;
            long factor = rest[..unit] switch { "ns" => 1, "us" or "µs" or "μs" => 1_000, "ms" => 1_000_000, "s" => Second, "m" => Minute, "h" => Hour, _ => 0 };
            if (factor == 0 || number > (decimal)long.MaxValue / factor + 1) return false;
            sum += decimal.Truncate(number * factor);
            rest = rest[unit..];
        }

        if (sum > (isNegative ? (decimal)long.MaxValue + 1 : long.MaxValue)) return false;
        nanos = (long)(isNegative ? -sum : sum);
        return true;
    }

    /// <summary>Reads a point in time as RFC 3339 has it.</summary>
    /// <param name="offset">The minutes by which it is written ahead of UTC.</param>
    public static bool TryTimestamp(string text, out Int128 nanos, out int offset)
    {
        (nanos, offset) = (0, 0);
        if (text.Length < 20 || text[10] != 'T') return false;
        if (!DateTime.TryParseExact(text[..19], "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)) return false;
        var rest = text.AsSpan(19);
        long fraction = 0;
        if (rest is ['.', ..])
        {
            var digits = 1;
            long scale = Second;
            while (digits < rest.Length && char.IsAsciiDigit(rest[digits]))
            {
                scale /= 10;
                fraction += (rest[digits] - '0') * scale;
                digits++;
            }

            if (digits == 1) return false;
            rest = rest[digits..];
        }

        if (rest is not "Z")
        {
            if (rest is not [('+' or '-') and var sign, _, _, ':', _, _] || !int.TryParse(rest[1..3], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
                || !int.TryParse(rest[4..6], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || hours > 24 || minutes > 60)
                return false;
            offset = ((hours * 60) + minutes) * (sign == '-' ? -1 : 1);
        }

        nanos = ((Int128)(time - DateTime.UnixEpoch).Ticks * 100) + fraction - (offset * Minute);
        return true;
    }

    /// <summary>Sums and differences; null when these values have none.</summary>
    public static CelValue? Arithmetic(char sign, CelValue left, CelValue right) => (sign, left, right) switch
    {
        ('+', CelValue.Duration a, CelValue.Duration b) => Duration((Int128)a.Nanos + b.Nanos),
        ('-', CelValue.Duration a, CelValue.Duration b) => Duration((Int128)a.Nanos - b.Nanos),
        ('+', CelValue.Timestamp a, CelValue.Duration b) => Timestamp(a.Nanos + b.Nanos, a.Offset),
        ('+', CelValue.Duration a, CelValue.Timestamp b) => Timestamp(a.Nanos + b.Nanos, b.Offset),
        ('-', CelValue.Timestamp a, CelValue.Duration b) => Timestamp(a.Nanos - b.Nanos, a.Offset),
        ('-', CelValue.Timestamp a, CelValue.Timestamp b) => Duration(a.Nanos - b.Nanos),
        _ => null,
    };

    /// <summary>The parts of times and durations; null when the function is another.</summary>
    /// <param name="zone">The time zone, by its name or as <c>+02:00</c>; null for UTC.</param>
    public static CelValue? Call(string function, CelValue value, CelValue? zone)
    {
        if (value is CelValue.Duration duration && zone is null)
        {
            return function switch
            {
                "getHours" => new CelValue.Int(duration.Nanos / Hour),
                "getMinutes" => new CelValue.Int(duration.Nanos / Minute),
                "getSeconds" => new CelValue.Int(duration.Nanos / Second),
                "getMilliseconds" => new CelValue.Int(duration.Nanos / 1_000_000),
                _ => null,
            };
        }

        if (value is not CelValue.Timestamp time || !function.StartsWith("get", StringComparison.Ordinal)) return null;
        var utc = DateTime.UnixEpoch.AddTicks((long)FloorDivide(time.Nanos, 100));
        DateTime local;
        if (zone is null) local = utc;
        else if (zone is not CelValue.Text name) return null;
        else if (Offset(name.Value, utc) is not { } offset) return new Error($"unknown time zone {name.Value}");
        else local = InRange(utc, offset);
        return function switch
        {
            "getFullYear" => new CelValue.Int(local.Year),
            "getMonth" => new CelValue.Int(local.Month - 1),
            "getDayOfYear" => new CelValue.Int(local.DayOfYear - 1),
            "getDayOfMonth" => new CelValue.Int(local.Day - 1),
            "getDate" => new CelValue.Int(local.Day),
            "getDayOfWeek" => new CelValue.Int((int)local.DayOfWeek),
            "getHours" => new CelValue.Int(local.Hour),
            "getMinutes" => new CelValue.Int(local.Minute),
            "getSeconds" => new CelValue.Int(local.Second),
            "getMilliseconds" => new CelValue.Int(local.Millisecond),
            _ => null,
        };
    }

    /// <summary>A time as Go's RFC3339Nano prints it.</summary>
    public static string Show(CelValue.Timestamp value)
    {
        var seconds = FloorDivide(value.Nanos, Second);
        var fraction = (long)(value.Nanos - (seconds * Second));
        var time = InRange(DateTime.UnixEpoch.AddTicks((long)(seconds * 10_000_000)), TimeSpan.FromMinutes(value.Offset));
        var text = new StringBuilder(time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        if (fraction > 0) text.Append('.').Append(fraction.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0'));
        if (value.Offset == 0) return text.Append('Z').ToString();
        return text.Append(CultureInfo.InvariantCulture, $"{(value.Offset < 0 ? '-' : '+')}{Math.Abs(value.Offset) / 60:D2}:{Math.Abs(value.Offset) % 60:D2}").ToString();
    }

    /// <summary>The quotient, rounded down.</summary>
    public static Int128 FloorDivide(Int128 value, Int128 by) => value >= 0 || value % by == 0 ? value / by : (value / by) - 1;

    private static CelValue Duration(Int128 nanos) => nanos < long.MinValue || nanos > long.MaxValue ? new Error("duration overflow") : new CelValue.Duration((long)nanos);

    private static DateTime InRange(DateTime time, TimeSpan offset) =>
        offset > TimeSpan.Zero && DateTime.MaxValue - time < offset ? DateTime.MaxValue : offset < TimeSpan.Zero && time - DateTime.MinValue < -offset ? DateTime.MinValue : time + offset;

    private static TimeSpan? Offset(string zone, DateTime utc)
    {
        if (zone.Contains(':', StringComparison.Ordinal))
        {
            var parts = zone.Split(':');
            if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var hours)
                || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || Math.Abs(hours) > 24 || minutes > 59)
                return null;
            return new TimeSpan(hours, zone[0] == '-' ? -minutes : minutes, 0);
        }

        return zone is "" or "UTC" ? TimeSpan.Zero : TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found.GetUtcOffset(utc) : null;
    }
}
