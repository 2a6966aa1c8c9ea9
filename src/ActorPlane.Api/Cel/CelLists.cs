namespace ActorPlane.Api.Cel;

/// <summary>Functions of lists and of lists as sets. Source: k8s.io/apiserver/pkg/cel/library/lists.go, cel-go/ext/sets.go.</summary>
internal static class CelLists
{
    /// <summary>The result of a function of lists; null when it is another or the arguments do not fit.</summary>
    /// <param name="type">The type of the result: it tells what the sum of nothing is.</param>
    public static CelValue? Call(string function, CelValue[] args, CelType type) => (function, args) switch
    {
        ("isSorted", [CelList list]) => IsSorted(list),
        ("sum", [CelList list]) => Sum(list, type),
        ("min", [CelList list]) => Extreme(list, -1, "min"),
        ("max", [CelList list]) => Extreme(list, 1, "max"),
        ("indexOf", [CelList list, var item]) => IndexOf(list, item, 0, 1),
        ("lastIndexOf", [CelList list, var item]) => IndexOf(list, item, list.Count - 1, -1),
        ("sets.contains", [CelList list, CelList items]) => CelValue.Bool.Of(Contains(list, items)),
        ("sets.equivalent", [CelList list, CelList items]) => CelValue.Bool.Of(Contains(list, items) && Contains(items, list)),
        ("sets.intersects", [CelList list, CelList items]) => CelValue.Bool.Of(Intersects(list, items)),
        _ => null,
    };

    private static CelValue IsSorted(CelList list)
    {
        for (var i = 1; i < list.Count; i++)
        {
            if (CelEquality.Compare(list[i - 1], list[i]) is not { } order) return CelValue.Error.NoOverload;
            if (order > 0) return CelValue.Bool.False;
        }

        return CelValue.Bool.True;
    }

    private static CelValue Sum(CelList list, CelType type)
    {
        if (list.Count == 0)
        {
            return type.Kind switch
            {
                CelTypeKind.Uint => new CelValue.Uint(0),
                CelTypeKind.Double => new CelValue.Double(0),
                CelTypeKind.Duration => new CelValue.Duration(0),
                _ => new CelValue.Int(0),
            };
        }

        var sum = list[0];
        for (var i = 1; i < list.Count; i++)
        {
            sum = CelFunctions.Arithmetic('+', sum, list[i]);
            if (sum is CelValue.Error) return sum;
        }

        return sum;
    }

    private static CelValue Extreme(CelList list, int sign, string name)
    {
        if (list.Count == 0) return new CelValue.Error($"{name} called on empty list");
        var best = list[0];
        for (var i = 1; i < list.Count; i++)
        {
            if (CelEquality.Compare(list[i], best) is not { } order) return CelValue.Error.NoOverload;
            if (Math.Sign(order) == sign) best = list[i];
        }

        return best;
    }

    private static CelValue IndexOf(CelList list, CelValue item, int from, int step)
    {
        for (var i = from; i >= 0 && i < list.Count; i += step)
        {
            if (CelEquality.AreEqual(list[i], item)) return new CelValue.Int(i);
        }

        return new CelValue.Int(-1);
    }

    private static bool Contains(CelList list, CelList items)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (IndexOf(list, items[i], 0, 1) is CelValue.Int { Value: < 0 }) return false;
        }

        return true;
    }

    private static bool Intersects(CelList list, CelList items)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (IndexOf(list, items[i], 0, 1) is CelValue.Int { Value: >= 0 }) return true;
        }

        return false;
    }
}
