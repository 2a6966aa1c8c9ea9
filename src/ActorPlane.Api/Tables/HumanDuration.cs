using System.Globalization;

namespace ActorPlane.Api.Tables;

/// <summary>Durations in one or two units: <c>45s</c>, <c>3m20s</c>, <c>5h</c>, <c>12d</c>. Source: apimachinery/pkg/util/duration/duration.go.</summary>
public static class HumanDuration
{
    /// <summary>The text of a duration; <c>&lt;invalid&gt;</c> when it is negative by more than a second.</summary>
    public static string Of(TimeSpan duration)
    {
        var seconds = (long)duration.TotalSeconds;
        if (seconds < -1) return "<invalid>";
        if (seconds < 0) return "0s";
        if (seconds < 120) return Text(seconds, "s", 0, "");
        var minutes = seconds / 60;
        if (minutes < 10) return Text(minutes, "m", seconds % 60, "s");
        if (minutes < 180) return Text(minutes, "m", 0, "");
        var hours = minutes / 60;
        if (hours < 8) return Text(hours, "h", minutes % 60, "m");
        if (hours < 48) return Text(hours, "h", 0, "");
        if (hours < 192) return Text(hours / 24, "d", hours % 24, "h");
        if (hours < 24 * 365 * 2) return Text(hours / 24, "d", 0, "");
        return hours < 24 * 365 * 8 ? Text(hours / 24 / 365, "y", hours / 24 % 365, "d") : Text(hours / 24 / 365, "y", 0, "");
    }

    /// <summary>How long ago a time was; <c>&lt;unknown&gt;</c> when there is none.</summary>
    public static string Since(Timestamp? time, DateTimeOffset now) => time is { } at ? Of(now - at.Time) : "<unknown>";

    private static string Text(long first, string firstUnit, long second, string secondUnit) => second == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{first}{firstUnit}")
        : string.Create(CultureInfo.InvariantCulture, $"{first}{firstUnit}{second}{secondUnit}");
}
