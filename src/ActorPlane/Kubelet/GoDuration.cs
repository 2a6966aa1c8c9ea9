using System.Globalization;
using System.Text;

namespace ActorPlane.Kubelet;

/// <summary>Durations as Go's <c>time.Duration</c> prints and reads them, the form in which Kubernetes' messages show them: <c>10s</c>, <c>1m20s</c>, <c>1.5s</c>, <c>250ms</c>.</summary>
public static class GoDuration
{
    /// <summary>The shortest text of a duration that is not negative.</summary>
    public static string Format(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        if (duration == TimeSpan.Zero) return "0s";
        if (duration < TimeSpan.FromMilliseconds(1)) return Decimal(duration.TotalMicroseconds) + "µs";
        if (duration < TimeSpan.FromSeconds(1)) return Decimal(duration.TotalMilliseconds) + "ms";

        var text = new StringBuilder();
        var hours = (long)duration.TotalHours;
        if (hours > 0) text.Append(hours).Append('h');
        if (duration >= TimeSpan.FromMinutes(1)) text.Append(duration.Minutes).Append('m');
        var seconds = TimeSpan.FromTicks(duration.Ticks % TimeSpan.TicksPerMinute).TotalSeconds;
        return text.Append(Decimal(seconds)).Append('s').ToString();
    }

    /// <summary>Reads what Go's <c>time.ParseDuration</c> reads: <c>1h2m3.5s</c>, <c>-300ms</c>, <c>0</c>. Longer ones than a <see cref="TimeSpan"/> are cut.</summary>
    /// <exception cref="FormatException">It is none; the message is Go's.</exception>
    public static TimeSpan Parse(string text)
    {
        var rest = text.AsSpan();
        var isNegative = rest is ['-', ..];
        if (rest is ['-' or '+', ..]) rest = rest[1..];
        if (rest is "0") return TimeSpan.Zero;
        if (rest.IsEmpty) throw new FormatException($"time: invalid duration \"{text}\"");
        var seconds = 0.0;
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOfAnyExcept("0123456789.");
            var number = end < 0 ? rest : rest[..end];
            if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)) throw new FormatException($"time: invalid duration \"{text}\"");
            if (end < 0) throw new FormatException($"time: missing unit in duration \"{text}\"");
            rest = rest[end..];
            end = rest.IndexOfAny("0123456789.");
            var unit = end < 0 ? rest : rest[..end];
            seconds += value * unit switch
            {
                "ns" => 1e-9,
                "us" or "µs" or "μs" => 1e-6,
                "ms" => 1e-3,
                "s" => 1,
                "m" => 60,
                "h" => 3600,
                _ => throw new FormatException($"time: unknown unit \"{unit}\" in duration \"{text}\""),
            };
            rest = end < 0 ? [] : rest[end..];
        }

        var duration = seconds >= TimeSpan.MaxValue.TotalSeconds ? TimeSpan.MaxValue : TimeSpan.FromSeconds(seconds);
        return isNegative ? -duration : duration;
    }

    private static string Decimal(double value) => value.ToString("0.#######", CultureInfo.InvariantCulture);
}
