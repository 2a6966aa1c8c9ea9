using System.Globalization;

namespace Akka.Configuration.Hocon;

/// <summary>How HOCON writes paths, quotes, durations and sizes as text.</summary>
internal static class HoconText
{
    /// <summary>What may not stand in text without quotes. White space and comments end it as well.</summary>
    internal const string NotUnquoted = "$\"{}[]:=,#`^?!@*&\\";

    /// <summary>The units of a size in bytes and their factors. Capitals count.</summary>
    private static readonly Dictionary<string, long> SizeUnits = SizeUnitTable();

    /// <summary>Splits a dotted path; a quoted part keeps its dots and loses its quotes.</summary>
    internal static List<string> SplitPath(string path)
    {
        var parts = new List<string>();
        var start = 0;
        var quoted = false;
        for (var i = 0; i <= path.Length; i++)
        {
            if (i < path.Length && path[i] == '"')
                quoted = !quoted;
            if (i < path.Length && (path[i] != '.' || quoted))
                continue;
            parts.Add(path[start..i].Replace("\"", "", StringComparison.Ordinal));
            start = i + 1;
        }

        return parts;
    }

    internal static string QuoteKey(string key) => IsPlain(key) && !key.Contains('.') ? key : Quote(key);

    internal static string QuoteValue(string? value) => value switch
    {
        null => "",
        "" => "\"\"",
        _ => IsPlain(value) ? value : Quote(value)
    };

    internal static TimeSpan ReadTimeSpan(string text, bool allowInfinite)
    {
        if (text == null)
            throw new FormatException("Expected a duration, found nothing or something that is not text.");
        if (allowInfinite && text.Equals("infinite", StringComparison.OrdinalIgnoreCase))
            return Timeout.InfiniteTimeSpan;

        var digits = text.AsSpan().LastIndexOfAnyInRange('0', '9') + 1;
        var ticksPerUnit = text.AsSpan(digits).Trim() switch
        {
            "nanoseconds" or "nanosecond" or "nanos" or "nano" or "ns" => TimeSpan.TicksPerMillisecond / 1_000_000.0,
            "microseconds" or "microsecond" or "micros" or "micro" or "us" => TimeSpan.TicksPerMicrosecond,
            "" or "milliseconds" or "millisecond" or "millis" or "milli" or "ms" => TimeSpan.TicksPerMillisecond,
            "seconds" or "second" or "s" => TimeSpan.TicksPerSecond,
            "minutes" or "minute" or "m" => TimeSpan.TicksPerMinute,
            "hours" or "hour" or "h" => TimeSpan.TicksPerHour,
            "days" or "day" or "d" => TimeSpan.TicksPerDay,
            _ => throw new FormatException($"'{text}' is not a duration.")
        };
        if (!double.TryParse(text.AsSpan(0, digits), NumberStyles.Float, NumberFormatInfo.InvariantInfo, out var number))
            throw new FormatException($"'{text}' is not a duration.");
        if (number < 0)
            throw new FormatException($"Expected a positive value instead of {text}");
        return TimeSpan.FromTicks((long)Math.Round(number * ticksPerUnit));
    }

    internal static long? ReadByteSize(string text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        var digits = text.AsSpan().LastIndexOfAnyInRange('0', '9') + 1;
        var unit = text[digits..].Trim();
        var factor = 1L;
        if (unit.Length > 0 && !SizeUnits.TryGetValue(unit, out factor))
            throw new FormatException($"{unit} is not a valid byte size suffix");
        return checked(factor * long.Parse(text.AsSpan(0, digits), NumberFormatInfo.InvariantInfo));
    }

    private static bool IsPlain(string text) =>
        text.Length > 0 && text.AsSpan().IndexOfAny(NotUnquoted) < 0 && text.AsSpan().IndexOfAny(" \t\r\n") < 0
        && !text.Contains("//", StringComparison.Ordinal);

    private static string Quote(string text) => Newtonsoft.Json.JsonConvert.ToString(text);

    private static Dictionary<string, long> SizeUnitTable()
    {
        var units = new Dictionary<string, long>(StringComparer.Ordinal) { ["b"] = 1, ["B"] = 1, ["byte"] = 1, ["bytes"] = 1 };
        (string Letter, string Thousands, string Binary)[] steps =
        [
            ("K", "kilo", "kibi"), ("M", "mega", "mebi"), ("G", "giga", "gibi"), ("T", "tera", "tebi"), ("P", "peta", "pebi"), ("E", "exa", "exbi")
        ];
        long thousand = 1, binary = 1;
        foreach (var (letter, thousands, binaryName) in steps)
        {
            thousand *= 1000;
            binary *= 1024;
            units[letter == "K" ? "kB" : letter + "B"] = thousand;
            units[thousands + "byte"] = thousand;
            units[thousands + "bytes"] = thousand;
            foreach (var name in (string[])[letter, letter.ToLowerInvariant(), letter + "i", letter + "iB", binaryName + "byte", binaryName + "bytes"])
                units[name] = binary;
        }

        return units;
    }
}
