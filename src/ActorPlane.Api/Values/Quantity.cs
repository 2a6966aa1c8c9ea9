using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ActorPlane.Api;

/// <summary>
/// An exact amount of a resource with nine decimal places, such as <c>100m</c> of a CPU or <c>1Gi</c> of memory. It keeps the family of
/// units in which it was written and prints in canonical form. Equality and order look at the amount only.
/// Source: staging/src/k8s.io/apimachinery/pkg/api/resource/quantity.go.
/// </summary>
public readonly struct Quantity : IEquatable<Quantity>, IComparable<Quantity>
{
    /// <summary>The real server's text for a text that is no quantity at all.</summary>
    public const string FormatError = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    /// <summary>The real server's text for unknown units.</summary>
    public const string SuffixError = "unable to parse quantity's suffix";

    private static readonly Int128 One = 1_000_000_000;
    private static readonly Int128 Largest = long.MaxValue * One;
    private const int MostDigits = 60;
    private const int MostFraction = 1100;
    private const string DecimalSuffixes = "num kMGTPE";
    private const string BinarySuffixes = " KMGTPE";

    // The amount in units of 10^-9. Two halves instead of one Int128, which would be aligned to 16 bytes.
    private readonly long _upper;
    private readonly ulong _lower;

    private Quantity(Int128 nanos, QuantityFormat format)
    {
        _upper = (long)(nanos >> 64);
        _lower = (ulong)(nanos & ulong.MaxValue);
        Format = format;
    }

    /// <summary>Nothing.</summary>
    public static Quantity Zero => default;

    /// <summary>The family in which it is printed.</summary>
    public QuantityFormat Format { get; }

    /// <summary>Whole units.</summary>
    public static Quantity FromInt64(long value, QuantityFormat format = QuantityFormat.DecimalSI) => new(value * One, format);

    /// <summary>Reads a quantity. Throws <see cref="FormatException"/> with the real server's text.</summary>
    public static Quantity Parse(string text) => TryParse(text, out var value, out var error) ? value : throw new FormatException(error);

    /// <summary>Reads a quantity.</summary>
    public static bool TryParse(string text, out Quantity value) => TryParse(text, out value, out _);

    /// <summary>Reads a quantity; on failure tells why in the real server's words.</summary>
    public static bool TryParse(string text, out Quantity value, [NotNullWhen(false)] out string? error)
    {
        value = default;
        error = FormatError;
        var rest = text.AsSpan();
        var negative = rest is ['-', ..];
        if (rest is ['+' or '-', ..]) rest = rest[1..];

        var whole = Digits(rest);
        var number = rest[..whole];
        rest = rest[whole..];
        var fraction = ReadOnlySpan<char>.Empty;
        if (rest is ['.', ..])
        {
            rest = rest[1..];
            var count = Digits(rest);
            fraction = rest[..count];
            rest = rest[count..];
        }

        if (number.IsEmpty && fraction.IsEmpty) return false;
        if (!TrySuffix(rest, out var format, out var ten, out var two, out var wrongFormat))
        {
            error = wrongFormat ? FormatError : SuffixError;
            return false;
        }

        var nanos = Scale(number, fraction, ten, two);
        if (format == QuantityFormat.BinarySI && nanos > 0 && nanos < One) format = QuantityFormat.DecimalSI;
        value = new Quantity(negative ? -nanos : nanos, format);
        error = null;
        return true;
    }

    /// <summary>Whether it is nothing.</summary>
    public bool IsZero => Nanos == 0;

    /// <summary>-1, 0 or 1.</summary>
    public int Sign => Int128.Sign(Nanos);

    /// <summary>Whole units, rounded away from zero; the ends of the range when it does not fit.</summary>
    public long Value => Units(One);

    /// <summary>Thousandths, rounded away from zero; the ends of the range when it does not fit.</summary>
    public long MilliValue => Units(One / 1000);

    /// <summary>The amount as a floating-point number, for scores.</summary>
    public double AsDouble => (double)Nanos / 1e9;

    /// <summary>The sum. Keeps this format, unless this is nothing: then the other's.</summary>
    public Quantity Add(Quantity other) => new(Nanos + other.Nanos, IsZero ? other.Format : Format);

    /// <summary>The difference. Keeps this format, unless this is nothing: then the other's.</summary>
    public Quantity Sub(Quantity other) => new(Nanos - other.Nanos, IsZero ? other.Format : Format);

    /// <summary>-1, 0 or 1: smaller, equal, larger.</summary>
    public int Cmp(Quantity other) => CompareTo(other);

    /// <summary>The amount with finer parts than thousandths rounded away from zero, as the defaults of resource lists do.</summary>
    public Quantity RoundUpToMilli()
    {
        var unit = One / 1000;
        var rest = Nanos % unit;
        return rest == 0 ? this : new Quantity(Nanos - rest + (rest > 0 ? unit : -unit), Format);
    }

    /// <summary>The sum.</summary>
    public static Quantity operator +(Quantity left, Quantity right) => left.Add(right);

    /// <summary>The difference.</summary>
    public static Quantity operator -(Quantity left, Quantity right) => left.Sub(right);

    /// <summary>The negative.</summary>
    public static Quantity operator -(Quantity value) => new(-value.Nanos, value.Format);

    /// <summary>Smaller.</summary>
    public static bool operator <(Quantity left, Quantity right) => left.Nanos < right.Nanos;

    /// <summary>Larger.</summary>
    public static bool operator >(Quantity left, Quantity right) => left.Nanos > right.Nanos;

    /// <summary>Not larger.</summary>
    public static bool operator <=(Quantity left, Quantity right) => left.Nanos <= right.Nanos;

    /// <summary>Not smaller.</summary>
    public static bool operator >=(Quantity left, Quantity right) => left.Nanos >= right.Nanos;

    /// <summary>The same amount.</summary>
    public static bool operator ==(Quantity left, Quantity right) => left.Nanos == right.Nanos;

    /// <summary>Another amount.</summary>
    public static bool operator !=(Quantity left, Quantity right) => left.Nanos != right.Nanos;

    /// <inheritdoc/>
    public bool Equals(Quantity other) => Nanos == other.Nanos;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Quantity other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_upper, _lower);

    /// <inheritdoc/>
    public int CompareTo(Quantity other) => Nanos.CompareTo(other.Nanos);

    /// <summary>The canonical form: no fraction, the largest unit that needs none.</summary>
    public override string ToString()
    {
        var nanos = Nanos;
        if (nanos == 0) return "0";
        if (Format == QuantityFormat.BinarySI && nanos % One == 0 && Int128.Abs(nanos) >= 1024 * One)
        {
            var units = nanos / One;
            var power = 0;
            while (units % 1024 == 0 && power < 6)
            {
                units /= 1024;
                power++;
            }

            var text = units.ToString(CultureInfo.InvariantCulture);
            return power == 0 ? text : text + BinarySuffixes[power] + "i";
        }

        var exponent = -9;
        while (nanos % 1000 == 0 && exponent < 18)
        {
            nanos /= 1000;
            exponent += 3;
        }

        var number = nanos.ToString(CultureInfo.InvariantCulture);
        if (exponent == 0) return number;
        return Format == QuantityFormat.DecimalExponent
            ? string.Create(CultureInfo.InvariantCulture, $"{number}e{exponent}")
            : number + DecimalSuffixes[(exponent + 9) / 3];
    }

    private Int128 Nanos => new((ulong)_upper, _lower);

    private long Units(Int128 unit)
    {
        var (quotient, rest) = Int128.DivRem(Nanos, unit);
        if (rest != 0) quotient += Int128.Sign(rest);
        return quotient > long.MaxValue ? long.MaxValue : quotient < long.MinValue ? long.MinValue : (long)quotient;
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var count = text.IndexOfAnyExceptInRange('0', '9');
        return count < 0 ? text.Length : count;
    }

    private static bool TrySuffix(ReadOnlySpan<char> suffix, out QuantityFormat format, out int ten, out int two, out bool wrongFormat)
    {
        (format, ten, two, wrongFormat) = (QuantityFormat.DecimalSI, 0, 0, false);
        switch (suffix)
        {
            case []:
                return true;
            case ['n' or 'u' or 'm' or 'k' or 'M' or 'G' or 'T' or 'P' or 'E']:
                ten = (DecimalSuffixes.IndexOf(suffix[0], StringComparison.Ordinal) * 3) - 9;
                return true;
            case ['K' or 'M' or 'G' or 'T' or 'P' or 'E', 'i']:
                format = QuantityFormat.BinarySI;
                two = BinarySuffixes.IndexOf(suffix[0], StringComparison.Ordinal) * 10;
                return true;
            case ['e' or 'E', ..] when long.TryParse(suffix[1..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent):
                format = QuantityFormat.DecimalExponent;
                ten = (int)Math.Clamp(exponent, -1000, 1000);
                return true;
            default:
                // Letters of the alphabet of units, then a sign and digits: the format is right and the unit unknown.
                var letters = suffix.IndexOfAnyExcept("eEinumkKMGTP");
                var tail = letters < 0 ? [] : suffix[letters..];
                if (tail is ['+' or '-', ..]) tail = tail[1..];
                wrongFormat = Digits(tail) != tail.Length;
                return false;
        }
    }

    // digits.fraction * 10^ten * 2^two in units of 10^-9, rounded up to one and capped at the largest 64-bit integer.
    private static Int128 Scale(ReadOnlySpan<char> number, ReadOnlySpan<char> fraction, int ten, int two)
    {
        number = number.TrimStart('0');
        fraction = fraction.TrimEnd('0');

        // Digits that cannot change the result are not worth their arithmetic: a text may have a million of them.
        if (number.Length + ten > MostDigits) return Largest;
        var rest = "";
        if (fraction.Length > MostFraction)
        {
            fraction = fraction[..MostFraction];
            rest = "1";
        }

        if (rest.Length > 0) return ScaleBig(System.Numerics.BigInteger.Parse("0" + number.ToString() + fraction.ToString() + rest, CultureInfo.InvariantCulture) << two, ten - fraction.Length - 1 + 9);
        var exact = System.Numerics.BigInteger.Parse("0" + number.ToString() + fraction.ToString(), CultureInfo.InvariantCulture);
        return ScaleBig(exact << two, ten - fraction.Length + 9);
    }

    private static Int128 ScaleBig(System.Numerics.BigInteger digits, int exponent)
    {
        if (digits.IsZero) return 0;
        if (exponent >= 0)
        {
            digits *= System.Numerics.BigInteger.Pow(10, exponent);
        }
        else
        {
            digits = System.Numerics.BigInteger.DivRem(digits, System.Numerics.BigInteger.Pow(10, -exponent), out var rest);
            if (!rest.IsZero) digits += 1;
        }

        return digits > (System.Numerics.BigInteger)Largest ? Largest : (Int128)digits;
    }
}
