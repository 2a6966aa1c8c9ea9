namespace ActorPlane.Api;

/// <summary>The least and the most that something may count; what is too much for a number stays at its end.</summary>
internal readonly record struct CustomRuleRange(ulong Min, ulong Max)
{
    public static CustomRuleRange Unknown => new(0, ulong.MaxValue);

    public static CustomRuleRange Of(ulong count) => new(count, count);

    /// <summary>From the smaller least to the larger most.</summary>
    public CustomRuleRange Union(CustomRuleRange other) => new(Math.Min(Min, other.Min), Math.Max(Max, other.Max));

    /// <summary>The product of two counts.</summary>
    public static ulong Multiply(ulong left, ulong right) => (ulong)UInt128.Min((UInt128)left * right, ulong.MaxValue);

    public static CustomRuleRange operator +(CustomRuleRange left, CustomRuleRange right) => new(Add(left.Min, right.Min), Add(left.Max, right.Max));

    public static CustomRuleRange operator *(CustomRuleRange left, CustomRuleRange right) => new(Multiply(left.Min, right.Min), Multiply(left.Max, right.Max));

    public static CustomRuleRange operator *(CustomRuleRange left, double factor) => new(Scale(left.Min, factor), Scale(left.Max, factor));

    private static ulong Add(ulong left, ulong right) => left > ulong.MaxValue - right ? ulong.MaxValue : left + right;

    private static ulong Scale(ulong count, double factor)
    {
        var product = Math.Ceiling(count * factor);
        return product >= 18446744073709551616d ? ulong.MaxValue : (ulong)product;
    }
}
