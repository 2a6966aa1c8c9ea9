using System.Globalization;

namespace ActorPlane.Nodes;

/// <summary>An IPv4 range such as <c>10.0.0.0/8</c>.</summary>
/// <param name="Address">Its first address, the highest byte first.</param>
/// <param name="PrefixLength">How many leading bits are fixed, 0 to 32.</param>
public readonly record struct Cidr(uint Address, int PrefixLength)
{
    /// <summary>Reads <c>a.b.c.d/n</c>; bits beyond the prefix must be zero.</summary>
    public static bool TryParse(string text, out Cidr range)
    {
        range = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var prefix) || prefix > 32) return false;
        var parts = text[..slash].Split('.');
        if (parts.Length != 4) return false;
        var address = 0u;
        foreach (var part in parts)
        {
            if (!byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var value)) return false;
            address = (address << 8) | value;
        }

        range = new Cidr(address, prefix);
        return prefix == 32 || (address & (uint.MaxValue >> prefix)) == 0 || (prefix == 0 && address == 0);
    }

    /// <summary>How many ranges of a longer prefix it holds.</summary>
    public int CountOf(int prefixLength) => prefixLength < PrefixLength ? 0 : 1 << Math.Min(30, prefixLength - PrefixLength);

    /// <summary>The part at <paramref name="index"/> (from 0) of this range when it is cut into ranges of <paramref name="prefixLength"/>.</summary>
    public Cidr Part(int index, int prefixLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(index, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, CountOf(prefixLength));
        return new Cidr(Address + (prefixLength == 32 ? (uint)index : (uint)index << (32 - prefixLength)), prefixLength);
    }

    /// <summary>An address as dotted decimals.</summary>
    public static string Dotted(uint address) =>
        string.Create(CultureInfo.InvariantCulture, $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}");

    /// <summary>The form that <see cref="TryParse"/> reads.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Dotted(Address)}/{PrefixLength}");
}
