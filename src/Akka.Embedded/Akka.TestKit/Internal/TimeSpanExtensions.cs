namespace Akka.TestKit.Internal;

/// <summary>What kind of time span one is: positive, zero, infinite (negative), or none.</summary>
public static class TimeSpanExtensions
{
    /// <summary>Whether there is none.</summary>
    public static bool IsUndefined(this TimeSpan? timeSpan) => timeSpan == null;

    /// <summary>Whether it is positive.</summary>
    public static bool IsPositiveFinite(this TimeSpan timeSpan) => timeSpan > TimeSpan.Zero;

    /// <summary>Whether there is one and it is positive.</summary>
    public static bool IsPositiveFinite(this TimeSpan? timeSpan) => timeSpan > TimeSpan.Zero;

    /// <summary>Whether it is zero.</summary>
    public static bool IsZero(this TimeSpan timeSpan) => timeSpan == TimeSpan.Zero;

    /// <summary>Whether it is zero.</summary>
    public static bool IsZero(this TimeSpan? timeSpan) => timeSpan == TimeSpan.Zero;

    /// <summary>Whether it is negative, which stands for infinite.</summary>
    public static bool IsInfinite(this TimeSpan timeSpan) => timeSpan < TimeSpan.Zero;

    /// <summary>Whether it is negative, which stands for infinite.</summary>
    public static bool IsInfinite(this TimeSpan? timeSpan) => timeSpan < TimeSpan.Zero;

    /// <summary>Whether it is <see cref="Timeout.InfiniteTimeSpan" />.</summary>
    public static bool IsInfiniteTimeout(this TimeSpan timeSpan) => timeSpan == Timeout.InfiniteTimeSpan;

    /// <summary>Whether it is <see cref="Timeout.InfiniteTimeSpan" />.</summary>
    public static bool IsInfiniteTimeout(this TimeSpan? timeSpan) => timeSpan == Timeout.InfiniteTimeSpan;

    /// <exception cref="ArgumentException">It is not positive.</exception>
    public static void EnsureIsPositiveFinite(this TimeSpan timeSpan, string parameterName)
    {
        if (!timeSpan.IsPositiveFinite())
            throw new ArgumentException($"The timespan must be greater than zero. Actual value: {timeSpan}", parameterName);
    }

    /// <summary>The shorter one, where infinite is the longest and none does not count.</summary>
    public static TimeSpan Min(this TimeSpan a, TimeSpan? b)
    {
        if (b == null || b.Value.IsInfinite())
            return a;
        return a.IsInfinite() || b < a ? b.Value : a;
    }
}
