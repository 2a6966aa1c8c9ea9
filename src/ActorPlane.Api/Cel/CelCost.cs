using System.Text;

namespace ActorPlane.Api.Cel;

/// <summary>
/// What a call costs, from the sizes of its arguments. Source: cel-go/interpreter/runtimecost.go, k8s.io/apiserver/pkg/cel/library/cost.go.
/// </summary>
internal static class CelCost
{
    /// <summary>The share of a step that looking at one character takes.</summary>
    public const double PerCharacter = 0.1;

    /// <summary>The share of a step that one character of a pattern takes for each character of the text.</summary>
    public const double PerPatternCharacter = 0.25;

    private const long MostValues = 5_000_000;
    private const long TooMuch = long.MaxValue / 4;

    /// <summary>The cost that is known before the call.</summary>
    public static long Before(string function, CelValue[] args)
    {
        switch (function)
        {
            case "isSorted" or "sum" or "max" or "min" or "indexOf" or "lastIndexOf": return Traversal(args[0]);
            case "url" or "lowerAscii" or "upperAscii" or "substring" or "trim" or "cidr" or "isIP" or "isCIDR" or "quantity" or "isQuantity" or "startsWith" or "endsWith" or "strings.quote" or "format":
                return Characters(Size(args[0]));
            case "ip": return args[0] is CelValue.Cidr ? 1 : Characters(Size(args[0]));
            case "replace" or "split" or "ip.isCanonical": return Characters(Size(args[0]) * 2);
            case "join": return 0;
            case "find" or "findAll" or "matches":
                return Multiply(Characters(1 + Size(args[0])), (long)Math.Ceiling(Size(args[1]) * PerPatternCharacter));
            case "containsIP": return Characters(Bytes(args[0]) * 2) + (args[1] is CelValue.Text ? Characters(Size(args[1])) : 0);
            case "containsCIDR": return Characters(Bytes(args[0]) * 2) + Characters(Bytes(args[0])) + 1 + (args[1] is CelValue.Text ? Characters(Size(args[1])) : 0);
            case "validate" when args is [CelValue.NamedFormat format, _]: return Multiply(Characters(Size(args[1])), (long)Math.Ceiling(CelFormats.PatternSize(format.Name) * PerPatternCharacter));
            case "contains": return Multiply(Characters(Size(args[0])), Characters(Size(args[1])));
            case "@in": return args[1] is CelList ? Multiply(Size(args[1]), args[0] is CelList or CelMap ? Math.Max(1, Characters(Weight(args[0]))) : 1) : 1;
            case "_==_" or "_!=_":
                // Lists and maps count with all that they hold, since that is what is compared.
                return args is [CelList or CelMap, CelList or CelMap] ? Characters(Math.Min(Weight(args[0]), Weight(args[1]))) : Characters(Math.Min(Size(args[0]), Size(args[1])));
            case "_<_" or "_<=_" or "_>_" or "_>=_": return args[0] is CelValue.Text or CelValue.Bytes ? Characters(Math.Min(Size(args[0]), Size(args[1]))) : 1;
            case "_+_": return args[0] is CelValue.Text or CelValue.Bytes ? Characters(Size(args[0]) + Size(args[1])) : 1;
            case "string" when args[0] is CelValue.Bytes:
            case "bytes" when args[0] is CelValue.Text: return Characters(Size(args[0]));
            case "sets.contains" or "sets.intersects": return Multiply(Weight(args[0]), Size(args[1]));
            case "sets.equivalent": return Multiply(Multiply(Weight(args[0]), Size(args[1])), 2);
            default: return 1;
        }
    }

    /// <summary>The cost that the result adds.</summary>
    public static long After(string function, CelValue result) => function == "join" ? Characters(Size(result) * 2) : 0;

    private static long Size(CelValue value) => value switch
    {
        CelValue.Text text => text.Size,
        CelValue.Bytes bytes => bytes.Value.Length,
        CelList list => list.Count,
        CelMap map => map.Count,
        CelValue.Ip => Bytes(value),
        CelValue.Cidr => Bytes(value),
        _ => 1,
    };

    private static long Bytes(CelValue value) => value switch
    {
        CelValue.Ip ip => ip.Value.GetAddressBytes().Length,
        CelValue.Cidr cidr => (cidr.Prefix + 7) / 8,
        _ => 1,
    };

    private static long Traversal(CelValue value) => value switch
    {
        CelValue.Text text => (long)(Encoding.UTF8.GetByteCount(text.Value) * PerCharacter),
        CelValue.Bytes bytes => (long)(bytes.Value.Length * PerCharacter),
        CelList or CelMap => Walk(value, Traversal),
        _ => 1,
    };

    // How many values there are to look at below this one.
    private static long Weight(CelValue value) => Walk(value, static below => 1);

    // The sum over what a list or a map holds. Values may share their parts: what would take too long to walk costs too much to look at.
    private static long Walk(CelValue value, Func<CelValue, long> cost)
    {
        long sum = 0;
        long visited = 0;
        return Visit(value) ? sum : TooMuch;

        bool Visit(CelValue at)
        {
            if (at is CelList list)
            {
                for (var i = 0; i < list.Count; i++)
                {
                    if (!Below(list[i])) return false;
                }
            }
            else if (at is CelMap map)
            {
                for (var i = 0; i < map.Count; i++)
                {
                    if (!Below(map.KeyAt(i)) || (map.Find(map.KeyAt(i)) is { } below && !Below(below))) return false;
                }
            }

            return true;
        }

        bool Below(CelValue at)
        {
            if (++visited > MostValues) return false;
            if (at is CelList or CelMap) return Visit(at);
            sum += cost(at);
            return true;
        }
    }

    private static long Characters(long count) => (long)Math.Ceiling(count * PerCharacter);

    private static long Multiply(long left, long right) => left > 0 && right > TooMuch / left ? TooMuch : left * right;
}
