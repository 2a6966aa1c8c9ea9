using System.Globalization;

namespace ActorPlane.Api;

/// <summary>What is wrong with the schedule of a CronJob, in the words of the parser that the real server uses: github.com/robfig/cron/v3, parser.go.</summary>
internal static class CronSchedule
{
    private static readonly (int Lowest, int Highest)[] Bounds = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 6)];
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    /// <summary>Why it is none, or null.</summary>
    public static string? Problem(string schedule)
    {
        if (schedule.Contains("TZ", StringComparison.Ordinal)) return "cannot use TZ or CRON_TZ in schedule, use timeZone field instead";
        if (schedule.StartsWith('@')) return Descriptor(schedule);
        var fields = schedule.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != Bounds.Length) return $"expected exactly {Bounds.Length} fields, found {fields.Length}: [{string.Join(' ', fields)}]";
        for (var i = 0; i < fields.Length; i++)
        {
            foreach (var range in fields[i].Split(','))
            {
                if (Range(range, i) is { } problem) return problem;
            }
        }

        return null;
    }

    private static string? Descriptor(string text)
    {
        if (text is "@yearly" or "@annually" or "@monthly" or "@weekly" or "@daily" or "@midnight" or "@hourly") return null;
        const string Every = "@every ";
        if (!text.StartsWith(Every, StringComparison.Ordinal)) return $"unrecognized descriptor: {text}";
        return text.Length > Every.Length && char.IsAsciiLetterLower(text[^1]) && char.IsAsciiDigit(text[Every.Length])
            ? null : $"failed to parse duration {text}: time: invalid duration {GoText.Quote(text[Every.Length..])}";
    }

    private static string? Range(string text, int field)
    {
        var (lowest, highest) = Bounds[field];
        var rangeAndStep = text.Split('/');
        var ends = rangeAndStep[0].Split('-');
        if (rangeAndStep.Length > 2) return $"too many slashes: {text}";
        if (ends.Length > 2) return $"too many hyphens: {text}";
        int from, to;
        if (ends[0] is "*" or "?")
        {
            (from, to) = (lowest, highest);
        }
        else
        {
            if (Number(ends[0], field, out from) is { } bad) return bad;
            to = from;
            if (ends.Length == 2 && Number(ends[1], field, out to) is { } worse) return worse;
            if (rangeAndStep.Length == 2 && ends.Length == 1) to = highest;
        }

        if (rangeAndStep.Length == 2)
        {
            if (Number(rangeAndStep[1], -1, out var step) is { } bad) return bad;
            if (step == 0) return $"step of range should be a positive number: {text}";
        }

        if (from < lowest) return Told($"beginning of range ({from}) below minimum ({lowest}): {text}");
        if (to > highest) return Told($"end of range ({to}) above maximum ({highest}): {text}");
        return from > to ? Told($"beginning of range ({from}) beyond end of range ({to}): {text}") : null;
    }

    private static string? Number(string text, int field, out int number)
    {
        var names = field == 3 ? Months : field == 4 ? Days : [];
        var at = Array.IndexOf(names, text.ToLowerInvariant());
        number = at + (field == 3 ? 1 : 0);
        if (at >= 0) return null;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
            return $"failed to parse int from {text}: strconv.Atoi: parsing {GoText.Quote(text)}: invalid syntax";
        return number < 0 ? Told($"negative number ({number}) not allowed: {text}") : null;
    }

    private static string Told(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
