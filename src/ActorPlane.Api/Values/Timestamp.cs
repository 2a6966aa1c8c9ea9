using System.Globalization;

namespace ActorPlane.Api;

/// <summary>
/// A point in time as Kubernetes' `Time` writes it: RFC 3339, UTC, second precision; finer parts are cut off.
/// Source: staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/time.go.
/// </summary>
public readonly struct Timestamp : IEquatable<Timestamp>, IComparable<Timestamp>
{
    private const long TicksPerUnit = TimeSpan.TicksPerSecond;
    private readonly long _ticks;

    private Timestamp(long ticks) => _ticks = ticks - (ticks % TicksPerUnit);

    /// <summary>From a point in time of any offset.</summary>
    public static Timestamp From(DateTimeOffset time) => new(time.UtcTicks);

    /// <summary>As .NET's type, offset zero.</summary>
    public DateTimeOffset Time => new(_ticks, TimeSpan.Zero);

    /// <summary>Reads RFC 3339 with any offset and any fraction. False when it is something else.</summary>
    public static bool TryParse(string text, out Timestamp value)
    {
        var ok = Rfc3339.TryParse(text, out var time);
        value = ok ? From(time) : default;
        return ok;
    }

    /// <summary>Reads RFC 3339. Throws <see cref="FormatException"/>.</summary>
    public static Timestamp Parse(string text) =>
        TryParse(text, out var value) ? value : throw new FormatException($"\"{text}\" is no RFC 3339 time");

    /// <summary>The time that a span lies later, within the calendar.</summary>
    public static Timestamp operator +(Timestamp time, TimeSpan span) => From(Durations.Later(time.Time, span));

    /// <summary>The span between two times.</summary>
    public static TimeSpan operator -(Timestamp later, Timestamp earlier) => new(later._ticks - earlier._ticks);

    /// <summary>Reading a .NET time is never ambiguous.</summary>
    public static implicit operator Timestamp(DateTimeOffset time) => From(time);

    /// <inheritdoc/>
    public bool Equals(Timestamp other) => _ticks == other._ticks;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Timestamp other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _ticks.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(Timestamp other) => _ticks.CompareTo(other._ticks);

    /// <summary>RFC 3339 in UTC.</summary>
    public override string ToString() => Time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The same point in time.</summary>
    public static bool operator ==(Timestamp left, Timestamp right) => left.Equals(right);

    /// <summary>Another point in time.</summary>
    public static bool operator !=(Timestamp left, Timestamp right) => !left.Equals(right);

    /// <summary>Earlier.</summary>
    public static bool operator <(Timestamp left, Timestamp right) => left._ticks < right._ticks;

    /// <summary>Later.</summary>
    public static bool operator >(Timestamp left, Timestamp right) => left._ticks > right._ticks;

    /// <summary>Not later.</summary>
    public static bool operator <=(Timestamp left, Timestamp right) => left._ticks <= right._ticks;

    /// <summary>Not earlier.</summary>
    public static bool operator >=(Timestamp left, Timestamp right) => left._ticks >= right._ticks;
}
