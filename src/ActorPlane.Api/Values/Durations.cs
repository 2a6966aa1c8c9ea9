namespace ActorPlane.Api;

/// <summary>Spans of time from numbers that users wrote, which may be any.</summary>
public static class Durations
{
    /// <summary>Go's longest <c>time.Duration</c>, 292 years: no span that the API knows is longer.</summary>
    public const long LongestSeconds = long.MaxValue / 1_000_000_000;

    /// <summary>So many seconds, within <see cref="LongestSeconds"/> in either direction.</summary>
    public static TimeSpan OfSeconds(long seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds, -LongestSeconds, LongestSeconds));

    /// <summary>The time that a span lies later or, when the calendar ends before (years 1 to 9999), its first or last moment.</summary>
    public static DateTimeOffset Later(DateTimeOffset time, TimeSpan span)
    {
        if (span > DateTimeOffset.MaxValue - time) return DateTimeOffset.MaxValue;
        return span < DateTimeOffset.MinValue - time ? DateTimeOffset.MinValue : time + span;
    }
}
