using System.Globalization;
using System.Text;

namespace ActorPlane.Kubelet;

/// <summary>Durations as Go's <c>time.Duration</c> prints them, the form in which Kubernetes' messages show them: <c>10s</c>, <c>1m20s</c>, <c>1.5s</c>, <c>250ms</c>.</summary>
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

    private static string Decimal(double value) => value.ToString("0.#######", CultureInfo.InvariantCulture);
}
