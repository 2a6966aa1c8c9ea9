namespace ActorPlane.Api.Cel;

/// <summary>
/// What macros stand for: <c>has</c>, loops over lists and maps with one variable or two, and maps of optional values.
/// Source: cel-go/parser/macro.go, cel-go/ext/comprehensions.go, cel-go/cel/library.go (optMap).
/// </summary>
internal static class CelMacros
{
    /// <summary>The name under which a loop holds what it folds. No expression can name it.</summary>
    public const string Accumulator = "@result";

    private const string Unused = "#unused";

    /// <summary>What a call stands for: itself when it is no macro; null when it is one that is used wrongly.</summary>
    /// <param name="target">What the method is called on; null for a function.</param>
    public static CelExpr? Expand(int at, CelExpr? target, string function, List<CelExpr> args, List<CelIssue> issues)
    {
        if (target is null && function == "has" && args.Count == 1)
        {
            if (args[0] is CelExpr.Select { IsTest: false } select) return new CelExpr.Select(at, select.Operand, select.Field, isTest: true, select.IsOptional);
            issues.Add(new CelIssue(args[0].Position, "invalid argument to has() macro"));
            return null;
        }

        if (target is null) return new CelExpr.Call(at, function, false, [.. args]);
        return (function, args.Count) switch
        {
            ("all" or "exists" or "exists_one" or "map" or "filter", 2) => Loop(at, target, function, args, 1, issues),
            ("map", 3) => Loop(at, target, function, args, 1, issues),
            ("all" or "exists" or "exists_one" or "existsOne" or "transformList" or "transformMap" or "transformMapEntry", 3) => Loop(at, target, function, args, 2, issues),
            ("transformList" or "transformMap" or "transformMapEntry", 4) => Loop(at, target, function, args, 2, issues),
            ("optMap" or "optFlatMap", 2) => OptionalMap(at, target, function, args, issues),
            _ => new CelExpr.Call(at, function, true, [target, .. args]),
        };
    }

    private static CelExpr.Fold? Loop(int at, CelExpr range, string function, List<CelExpr> args, int variables, List<CelIssue> issues)
    {
        var names = new string[variables];
        for (var i = 0; i < variables; i++)
        {
            if (args[i] is not CelExpr.Ident name)
            {
                issues.Add(new CelIssue(args[i].Position, "argument must be a simple name"));
                return null;
            }

            names[i] = name.Name;
        }

        var last = args[^1];
        var filter = args.Count - variables == 2 ? args[variables] : null;
        var yes = new CelExpr.Literal(at, CelValue.Bool.True);
        switch (function)
        {
            case "all": return Fold(yes, Call("@not_strictly_false", Folded()), Call("_&&_", Folded(), last), Folded());
            case "exists":
                return Fold(
                    new CelExpr.Literal(at, CelValue.Bool.False), Call("@not_strictly_false", Call("!_", Folded())), Call("_||_", Folded(), last), Folded());
            case "exists_one" or "existsOne":
                return Fold(Number(0), yes, Call("_?_:_", last, Call("_+_", Folded(), Number(1)), Folded()), Call("_==_", Folded(), Number(1)));
            case "filter":
                return Fold(new CelExpr.List(at, []), yes, Filtered(last, Call("_+_", Folded(), new CelExpr.List(at, [args[0]]))), Folded());
            case "map" or "transformList":
                return Fold(new CelExpr.List(at, []), yes, Filtered(filter, Call("_+_", Folded(), new CelExpr.List(at, [last]))), Folded());
            case "transformMap":
                return Fold(new CelExpr.Map(at, [], [], []), yes, Filtered(filter, Call("cel.@mapInsert", Folded(), new CelExpr.Ident(at, names[0]), last)), Folded());
            default:
                return Fold(new CelExpr.Map(at, [], [], []), yes, Filtered(filter, Call("cel.@mapInsert", Folded(), last)), Folded());
        }

        CelExpr.Fold Fold(CelExpr initial, CelExpr condition, CelExpr step, CelExpr result) =>
            new(at, range, names[0], variables == 2 ? names[1] : null, Accumulator, initial, condition, step, result);

        CelExpr.Call Call(string name, params CelExpr[] operands) => new(at, name, false, operands);

        CelExpr.Ident Folded() => new(at, Accumulator);

        CelExpr.Literal Number(long value) => new(at, new CelValue.Int(value));

        CelExpr Filtered(CelExpr? condition, CelExpr step) => condition is null ? step : Call("_?_:_", condition, step, Folded());
    }

    // target.optMap(v, e): target.hasValue() ? optional.of(<e with v for target.value()>) : optional.none(), without optional.of for optFlatMap.
    private static CelExpr.Call? OptionalMap(int at, CelExpr target, string function, List<CelExpr> args, List<CelIssue> issues)
    {
        if (args[0] is not CelExpr.Ident name)
        {
            issues.Add(new CelIssue(args[0].Position, $"{function}() variable name must be a simple identifier"));
            return null;
        }

        CelExpr value = new CelExpr.Fold(
            at, new CelExpr.List(at, []), Unused, null, name.Name, new CelExpr.Call(at, "value", true, target), new CelExpr.Literal(at, CelValue.Bool.False),
            new CelExpr.Ident(at, name.Name), args[1]);
        if (function == "optMap") value = new CelExpr.Call(at, "optional.of", false, value);
        return new CelExpr.Call(at, "_?_:_", false, new CelExpr.Call(at, "hasValue", true, target), value, new CelExpr.Call(at, "optional.none", false));
    }
}
