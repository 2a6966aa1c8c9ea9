using Error = ActorPlane.Api.Cel.CelValue.Error;

namespace ActorPlane.Api.Cel;

/// <summary>
/// What operators and functions do with values. Where a value was dyn for the checker, its type is looked at here: what no overload takes is
/// an error. Source: cel-go/common/stdlib, cel-go/common/types.
/// </summary>
internal static class CelFunctions
{
    /// <param name="function">The full name.</param>
    /// <param name="args">The arguments, none of them an error; a method's target is the first.</param>
    /// <param name="evaluator">Who keeps the patterns.</param>
    /// <param name="type">The type of the result.</param>
    public static CelValue Call(string function, CelValue[] args, CelEvaluator evaluator, CelType type) => args.Length switch
    {
        0 => Constant(function),
        1 => CelConversions.Convert(function, args[0]) ?? CelTime.Call(function, args[0], null) ?? CelLists.Call(function, args, type) ?? Unary(function, args[0]),
        2 => Operator(function, args[0], args[1]) ?? CelTime.Call(function, args[0], args[1]) ?? CelLists.Call(function, args, type) ?? Binary(function, args[0], args[1]),
        _ => function == "cel.@mapInsert" && args is [CelMap map, var key, var value] ? map.Insert(key, value) : null,
    }

    ?? CelStrings.Call(function, args) ?? CelPatterns.Call(function, args, evaluator) ?? CelAddresses.Call(function, args) ?? CelAmounts.Call(function, args) ?? Error.NoOverload;

    private static CelValue? Constant(string function) => function switch
    {
        "optional.none" => CelValue.Optional.None,
        _ when function.StartsWith("format.", StringComparison.Ordinal) => new CelValue.NamedFormat(function["format.".Length..]),
        _ => null,
    };

    private static CelValue? Unary(string function, CelValue value) => (function, value) switch
    {
        ("!_", CelValue.Bool flag) => CelValue.Bool.Of(!flag.Value),
        ("-_", CelValue.Int number) => number.Value == long.MinValue ? Error.Overflow : new CelValue.Int(-number.Value),
        ("-_", CelValue.Double number) => new CelValue.Double(-number.Value),
        ("optional.of", _) => new CelValue.Optional(value),
        ("optional.ofNonZeroValue", _) => IsZero(value) ? CelValue.Optional.None : new CelValue.Optional(value),
        ("value", CelValue.Optional optional) => optional.Value ?? new Error("optional.none() dereference"),
        ("hasValue", CelValue.Optional optional) => CelValue.Bool.Of(optional.Value is not null),
        ("format.named", CelValue.Text name) => CelFormats.Names.Contains(name.Value) ? new CelValue.Optional(new CelValue.NamedFormat(name.Value)) : CelValue.Optional.None,
        ("isURL", CelValue.Text text) => CelValue.Bool.Of(CelUrl.TryParse(text.Value, out _, out _)),
        ("url", CelValue.Text text) => CelUrl.TryParse(text.Value, out var url, out var error) ? new CelValue.Url(url) : new Error($"URL parse error during conversion from string: {error}"),
        (_, CelValue.Url url) => url.Value.Call(function),
        _ => null,
    };

    private static CelValue? Binary(string function, CelValue left, CelValue right) => (function, left, right) switch
    {
        ("or", CelValue.Optional optional, _) => optional.Value is null ? right : optional,
        ("orValue", CelValue.Optional optional, _) => optional.Value ?? right,
        ("cel.@mapInsert", CelMap map, CelMap entries) => InsertAll(map, entries),
        ("validate", CelValue.NamedFormat format, CelValue.Text text) => CelFormats.Validate(format.Name, text.Value),
        _ => null,
    };

    private static CelValue InsertAll(CelMap map, CelMap entries)
    {
        CelValue result = map;
        for (var i = 0; i < entries.Count && result is CelMap target; i++) result = target.Insert(entries.KeyAt(i), entries.Find(entries.KeyAt(i))!);
        return result;
    }

    private static CelValue? Operator(string function, CelValue left, CelValue right)
    {
        switch (function)
        {
            case "_==_": return CelValue.Bool.Of(CelEquality.AreEqual(left, right));
            case "_!=_": return CelValue.Bool.Of(!CelEquality.AreEqual(left, right));
            case "_<_" or "_<=_" or "_>_" or "_>=_":
                if (CelEquality.Compare(left, right) is not { } order)
                    return left is CelValue.Int or CelValue.Uint or CelValue.Double && right is CelValue.Int or CelValue.Uint or CelValue.Double ? new Error("NaN values cannot be ordered") : Error.NoOverload;
                return CelValue.Bool.Of(function switch { "_<_" => order < 0, "_<=_" => order <= 0, "_>_" => order > 0, _ => order >= 0 });
            case "@in": return In(left, right);
            case "_+_" or "_-_" or "_*_" or "_/_" or "_%_": return Arithmetic(function[1], left, right);
            default: return null;
        }
    }

    private static CelValue In(CelValue item, CelValue range)
    {
        if (range is CelMap map) return CelValue.Bool.Of(map.Find(item) is not null);
        return range is CelList list ? CelValue.Bool.Of(list.Contains(item)) : Error.NoOverload;
    }

    /// <summary>Of two numbers, texts, bytes, lists or times.</summary>
    public static CelValue Arithmetic(char sign, CelValue left, CelValue right) => (left, right) switch
    {
        (CelValue.Int a, CelValue.Int b) => Whole(sign, a.Value, b.Value),
        (CelValue.Uint a, CelValue.Uint b) => Natural(sign, a.Value, b.Value),
        (CelValue.Double a, CelValue.Double b) when sign != '%' => new CelValue.Double(sign switch { '+' => a.Value + b.Value, '-' => a.Value - b.Value, '*' => a.Value * b.Value, _ => a.Value / b.Value }),
        (CelValue.Text a, CelValue.Text b) when sign == '+' => CelStrings.Limited(a.Value.Length + (long)b.Value.Length) ?? (CelValue)new CelValue.Text(a.Value + b.Value),
        (CelValue.Bytes a, CelValue.Bytes b) when sign == '+' => new CelValue.Bytes([.. a.Value, .. b.Value]),
        (CelList a, CelList b) when sign == '+' => a.Concat(b),
        _ => CelTime.Arithmetic(sign, left, right) ?? Error.NoOverload,
    };

    private static CelValue Whole(char sign, long a, long b)
    {
        if (b == 0 && sign == '/') return new Error("division by zero");
        if (b == 0 && sign == '%') return new Error("modulus by zero");
        if (b == -1 && a == long.MinValue && sign is '/' or '%') return Error.Overflow;
        try
        {
            return new CelValue.Int(checked(sign switch { '+' => a + b, '-' => a - b, '*' => a * b, '/' => a / b, _ => a % b }));
        }
        catch (OverflowException)
        {
            return Error.Overflow;
        }
    }

    private static CelValue Natural(char sign, ulong a, ulong b)
    {
        if (b == 0 && sign == '/') return new Error("division by zero");
        if (b == 0 && sign == '%') return new Error("modulus by zero");
        try
        {
            return new CelValue.Uint(checked(sign switch { '+' => a + b, '-' => a - b, '*' => a * b, '/' => a / b, _ => a % b }));
        }
        catch (OverflowException)
        {
            return Error.UnsignedOverflow;
        }
    }

    private static bool IsZero(CelValue value) => value switch
    {
        CelValue.Null => true,
        CelValue.Bool flag => !flag.Value,
        CelValue.Int number => number.Value == 0,
        CelValue.Uint number => number.Value == 0,
        CelValue.Double number => number.Value == 0,
        CelValue.Text text => text.Value.Length == 0,
        CelValue.Bytes bytes => bytes.Value.Length == 0,
        CelValue.Duration duration => duration.Nanos == 0,
        CelValue.Timestamp time => time.Nanos == CelTime.Earliest,
        CelList list => list.Count == 0,
        CelMap map => map.Count == 0,
        CelValue.Optional optional => optional.Value is null,
        _ => false,
    };
}
