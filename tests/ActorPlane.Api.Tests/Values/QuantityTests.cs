using System.Globalization;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace ActorPlane.Api.Tests;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("100m", "100m")]
    [InlineData("0.1", "100m")]
    [InlineData(".5", "500m")]
    [InlineData("1.", "1")]
    [InlineData("+1", "1")]
    [InlineData("-1", "-1")]
    [InlineData("1000m", "1")]
    [InlineData("1500m", "1500m")]
    [InlineData("1000", "1k")]
    [InlineData("12000k", "12M")]
    [InlineData("1E", "1E")]
    [InlineData("1e3", "1e3")]
    [InlineData("1E3", "1e3")]
    [InlineData("1500e3", "1500e3")]
    [InlineData("1e-3", "1e-3")]
    [InlineData("1024Mi", "1Gi")]
    [InlineData("1Ki", "1Ki")]
    [InlineData("1.5Gi", "1536Mi")]
    [InlineData("512Ki", "512Ki")]
    [InlineData("0.5Ki", "512")]
    [InlineData("0.5Mi", "512Ki")]
    [InlineData("0.0001Ki", "102400u")]
    [InlineData("1.3Ki", "1331200m")]
    [InlineData("1n", "1n")]
    [InlineData("0.1n", "1n")]
    [InlineData("1u", "1u")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("99999999999999999999", "9223372036854775807")]
    [InlineData("-99999999999999999999", "-9223372036854775807")]
    [InlineData("16Ei", "9223372036854775807")]
    public void A_quantity_is_printed_in_canonical_form(string written, string canonical)
    {
        Assert.Equal(canonical, Quantity.Parse(written).ToString());
    }

    [Theory]
    [InlineData("", Quantity.FormatError)]
    [InlineData("aoeu", Quantity.FormatError)]
    [InlineData("1.1.M", Quantity.FormatError)]
    [InlineData("1+1.0M", Quantity.FormatError)]
    [InlineData("1 Gi", Quantity.FormatError)]
    [InlineData("-", Quantity.FormatError)]
    [InlineData("1i", Quantity.SuffixError)]
    [InlineData("0.1mi", Quantity.SuffixError)]
    [InlineData("-3.01i", Quantity.SuffixError)]
    [InlineData("1KiB", Quantity.FormatError)]
    public void What_is_no_quantity_is_refused_in_the_words_of_Kubernetes(string written, string error)
    {
        Assert.False(Quantity.TryParse(written, out _, out var actual));
        Assert.Equal(error, actual);
    }

    [Fact]
    public void Whole_and_milli_units_are_rounded_away_from_zero()
    {
        Assert.Equal(2, Quantity.Parse("1001m").Value);
        Assert.Equal(-2, Quantity.Parse("-1001m").Value);
        Assert.Equal(1, Quantity.Parse("1n").MilliValue);
        Assert.Equal(1500, Quantity.Parse("1.5").MilliValue);
        Assert.Equal(long.MaxValue, Quantity.Parse("9223372036854775807").MilliValue);
    }

    [Fact]
    public void A_sum_keeps_the_family_of_the_first_unless_that_is_nothing()
    {
        Assert.Equal("1536Mi", (Quantity.Parse("1Gi") + Quantity.Parse("536870912")).ToString());
        Assert.Equal("1Gi", (Quantity.Zero + Quantity.Parse("1Gi")).ToString());
        Assert.Equal("900m", (Quantity.Parse("1") - Quantity.Parse("100m")).ToString());
    }

    [Fact]
    public void Equal_amounts_are_equal_whatever_their_units()
    {
        Assert.Equal(Quantity.Parse("1024"), Quantity.Parse("1Ki"));
        Assert.Equal(Quantity.Parse("1024").GetHashCode(), Quantity.Parse("1Ki").GetHashCode());
        Assert.True(Quantity.Parse("999m") < Quantity.Parse("1"));
    }

    [Fact]
    public void A_printed_quantity_reads_back_as_the_same_amount_and_prints_the_same()
    {
        Property.Holds(Written(), text =>
        {
            var quantity = Quantity.Parse(text);
            var again = Quantity.Parse(quantity.ToString());
            return quantity == again && quantity.ToString() == again.ToString();
        });
    }

    [Fact]
    public void Parsing_agrees_with_exact_arithmetic()
    {
        Property.Holds(
            from digits in Gen.Choose(0, 1_000_000)
            from scale in Gen.Choose(0, 6)
            from suffix in Gen.Elements("n", "u", "m", "", "k", "M", "G", "Ki", "Mi", "Gi")
            select (digits, scale, suffix),
            value =>
            {
                var text = Decimal(value.digits, value.scale) + value.suffix;
                var (ten, two) = value.suffix switch
                {
                    "n" => (-9, 0), "u" => (-6, 0), "m" => (-3, 0), "k" => (3, 0), "M" => (6, 0), "G" => (9, 0),
                    "Ki" => (0, 10), "Mi" => (0, 20), "Gi" => (0, 30), _ => (0, 0),
                };

                // In units of 10^-18, so that the rounding to 10^-9 can be checked.
                var exact = value.digits * BigInteger.Pow(2, two) * BigInteger.Pow(10, 18 + ten - value.scale);
                var nanos = BigInteger.DivRem(exact, BigInteger.Pow(10, 9), out var rest);
                if (!rest.IsZero) nanos += 1;
                var milli = BigInteger.DivRem(nanos, 1_000_000, out rest);
                if (!rest.IsZero) milli += 1;
                return Quantity.Parse(text).MilliValue == (long)milli;
            });
    }

    [Fact]
    public void Addition_and_subtraction_undo_each_other()
    {
        Property.Holds(Written().Two(), pair =>
        {
            var (left, right) = (Quantity.Parse(pair.Item1), Quantity.Parse(pair.Item2));
            return left + right - right == left && (left + right) == (right + left) && (left < right) == (left - right).Sign < 0;
        });
    }

    private static string Decimal(int digits, int scale)
    {
        var text = digits.ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return scale == 0 ? text : text[..^scale] + "." + text[^scale..];
    }

    private static Gen<string> Written() =>
        from digits in Gen.Choose(-1_000_000, 1_000_000)
        from scale in Gen.Choose(0, 5)
        from suffix in Gen.Elements("n", "u", "m", "", "k", "M", "G", "Ki", "Mi", "Gi", "e3", "e-2", "E2")
        select (digits < 0 ? "-" : "") + Decimal(Math.Abs(digits), scale) + suffix;
}
