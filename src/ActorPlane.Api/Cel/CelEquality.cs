namespace ActorPlane.Api.Cel;

/// <summary>
/// Equality and order of values. Values of different types are not equal; numbers of different types are compared by what they stand for.
/// Source: cel-go/common/types (Equal, Compare), cel-spec/doc/langdef.md (equality).
/// </summary>
internal static class CelEquality
{
    /// <summary>For keys of maps.</summary>
    public static readonly IEqualityComparer<CelValue> Comparer = new ByValue();

    public static bool AreEqual(CelValue left, CelValue right) => (left, right) switch
    {
        (CelValue.Null, CelValue.Null) => true,
        (CelValue.Bool a, CelValue.Bool b) => a.Value == b.Value,
        (CelValue.Int or CelValue.Uint or CelValue.Double, CelValue.Int or CelValue.Uint or CelValue.Double) => CompareNumbers(left, right) == 0,
        (CelValue.Text a, CelValue.Text b) => string.Equals(a.Value, b.Value, StringComparison.Ordinal),
        (CelValue.Bytes a, CelValue.Bytes b) => a.Value.AsSpan().SequenceEqual(b.Value),
        (CelValue.Duration a, CelValue.Duration b) => a.Nanos == b.Nanos,
        (CelValue.Timestamp a, CelValue.Timestamp b) => a.Nanos == b.Nanos,
        (CelValue.TypeValue a, CelValue.TypeValue b) => a.Value.Kind == b.Value.Kind && a.Value.Name == b.Value.Name,
        (CelValue.Optional a, CelValue.Optional b) => a.Value is null ? b.Value is null : b.Value is not null && AreEqual(a.Value, b.Value),
        (CelList a, CelList b) => a.HasSame(b),
        (CelMap a, CelMap b) => a.HasSame(b),
        (CelValue.Url a, CelValue.Url b) => a.Value.Text == b.Value.Text,
        (CelValue.Amount a, CelValue.Amount b) => a.Value == b.Value,
        (CelValue.Ip a, CelValue.Ip b) => a.Value.Equals(b.Value),
        (CelValue.Cidr a, CelValue.Cidr b) => a.Address.Equals(b.Address) && a.Prefix == b.Prefix,
        (CelValue.NamedFormat a, CelValue.NamedFormat b) => a.Name == b.Name,
        (CelValue.Opaque a, CelValue.Opaque b) => a.Data == b.Data,
        _ => false,
    };

    /// <summary>Below, at or above 0 for smaller, equal, larger; null when the two have no order.</summary>
    public static int? Compare(CelValue left, CelValue right) => (left, right) switch
    {
        (CelValue.Int a, CelValue.Int b) => a.Value.CompareTo(b.Value),
        (CelValue.Int or CelValue.Uint or CelValue.Double, CelValue.Int or CelValue.Uint or CelValue.Double) => CompareNumbers(left, right),
        (CelValue.Text a, CelValue.Text b) => CompareTexts(a.Value, b.Value),
        (CelValue.Bool a, CelValue.Bool b) => a.Value.CompareTo(b.Value),
        (CelValue.Bytes a, CelValue.Bytes b) => a.Value.AsSpan().SequenceCompareTo(b.Value),
        (CelValue.Duration a, CelValue.Duration b) => a.Nanos.CompareTo(b.Nanos),
        (CelValue.Timestamp a, CelValue.Timestamp b) => a.Nanos.CompareTo(b.Nanos),
        (CelValue.Amount a, CelValue.Amount b) => a.Value.Cmp(b.Value),
        _ => null,
    };

    /// <summary>By code points, which is the order of the UTF-8 bytes.</summary>
    public static int CompareTexts(string left, string right)
    {
        var length = Math.Min(left.Length, right.Length);
        for (var i = 0; i < length; i++)
        {
            var (a, b) = (left[i], right[i]);
            if (a == b) continue;

            // Surrogates stand for code points above all others.
            if (char.IsSurrogate(a) != char.IsSurrogate(b)) return char.IsSurrogate(a) ? 1 : -1;
            return a.CompareTo(b);
        }

        return left.Length.CompareTo(right.Length);
    }

    // Of numbers; null when one is not a number.
    private static int? CompareNumbers(CelValue left, CelValue right) => (left, right) switch
    {
        (CelValue.Int a, CelValue.Int b) => a.Value.CompareTo(b.Value),
        (CelValue.Uint a, CelValue.Uint b) => a.Value.CompareTo(b.Value),
        (CelValue.Double a, CelValue.Double b) => double.IsNaN(a.Value) || double.IsNaN(b.Value) ? null : a.Value.CompareTo(b.Value),
        (CelValue.Double a, _) => -CompareToDouble(Whole(right), a.Value),
        (_, CelValue.Double b) => CompareToDouble(Whole(left), b.Value),
        _ => Whole(left).CompareTo(Whole(right)),
    };

    private static int? CompareToDouble(Int128 whole, double other)
    {
        if (double.IsNaN(other)) return null;
        if (other >= 18446744073709551616d) return -1;
        if (other < -9223372036854775808d) return 1;
        var floor = Math.Floor(other);
        var order = whole.CompareTo((Int128)floor);
        return order != 0 ? order : floor < other ? -1 : 0;
    }

    private static Int128 Whole(CelValue value) => value is CelValue.Int number ? number.Value : ((CelValue.Uint)value).Value;

    private sealed class ByValue : IEqualityComparer<CelValue>
    {
        public bool Equals(CelValue? x, CelValue? y) => x is not null && y is not null && AreEqual(x, y);

        public int GetHashCode(CelValue value) => value switch
        {
            CelValue.Int number => number.Value.GetHashCode(),
            CelValue.Uint number => number.Value <= long.MaxValue ? ((long)number.Value).GetHashCode() : number.Value.GetHashCode(),
            CelValue.Double number when Math.Floor(number.Value).Equals(number.Value) && number.Value is >= -9223372036854775808d and < 9223372036854775808d => ((long)number.Value).GetHashCode(),
            CelValue.Double { Value: >= 0 and < 18446744073709551616d } number => ((ulong)number.Value).GetHashCode(),
            CelValue.Double number => number.Value.GetHashCode(),
            CelValue.Text text => string.GetHashCode(text.Value, StringComparison.Ordinal),
            CelValue.Bool flag => flag.Value ? 1 : 0,
            CelValue.Bytes bytes => bytes.Value.Length,
            CelValue.Duration duration => duration.Nanos.GetHashCode(),
            CelValue.Timestamp time => time.Nanos.GetHashCode(),
            CelList list => list.Count,
            CelMap map => map.Count,
            _ => 0,
        };
    }
}
