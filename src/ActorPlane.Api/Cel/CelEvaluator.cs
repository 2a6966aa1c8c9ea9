using System.Text.RegularExpressions;

namespace ActorPlane.Api.Cel;

/// <summary>
/// Walks an expression. Each step has a cost, and the sum of them a limit; what a rule may cost bounds how long it takes.
/// Source: cel-go/interpreter/{interpretable,attributes,runtimecost}.go.
/// </summary>
internal sealed class CelEvaluator
{
    /// <summary>What evaluation answers that costs too much.</summary>
    public const string TooExpensive = "operation cancelled: actual cost limit exceeded";

    private const int MostPatterns = 64;

    // Reading a pattern takes as long as hundreds of other steps. cel-go charges nothing for it.
    private const long PatternCost = 200;
    private const long ListCost = 10;
    private const long MapCost = 30;

    private readonly CelProgram _program;
    private readonly long _limit;
    private Dictionary<string, Regex>? _patterns;
    private long _cost;

    private CelEvaluator(CelProgram program, long limit) => (_program, _limit) = (program, limit);

    /// <summary>Evaluates an expression.</summary>
    /// <param name="limit">The cost at which it stops.</param>
    public static (CelValue Value, long Cost) Evaluate(CelProgram program, long limit, ReadOnlySpan<(string Name, CelValue Value)> variables)
    {
        Scope? scope = null;
        foreach (var (name, value) in variables) scope = new Scope(name, value, scope);
        var evaluator = new CelEvaluator(program, limit);
        try
        {
            return (evaluator.Evaluate(program.Root, scope), evaluator._cost);
        }
        catch (CostExceeded)
        {
            return (new CelValue.Error(TooExpensive), evaluator._cost);
        }
    }

    /// <summary>A pattern of the regular language; null when the text is none.</summary>
    internal Regex? Pattern(string pattern, out string? error)
    {
        error = null;
        if (_program.Pattern(pattern) is { } constant) return constant;
        _patterns ??= new Dictionary<string, Regex>(StringComparer.Ordinal);
        if (_patterns.TryGetValue(pattern, out var known)) return known;
        Charge(PatternCost);
        if (!CelPatterns.TryParse(pattern, out known, out error)) return null;
        if (_patterns.Count >= MostPatterns) _patterns.Clear();
        return _patterns[pattern] = known;
    }

    private CelValue Evaluate(CelExpr expr, Scope? scope)
    {
        switch (expr)
        {
            case CelExpr.Literal literal: return literal.Value;
            case CelExpr.Ident name: return Name(name.Name, scope);
            case CelExpr.Select select: return Select(select, scope);
            case CelExpr.Call call: return Call(call, scope);
            case CelExpr.List list: return List(list, scope);
            case CelExpr.Map map: return Map(map, scope);
            case CelExpr.Fold fold: return Fold(fold, scope);
            default: throw new InvalidOperationException("no such form passes the checker");
        }
    }

    private CelValue Name(string name, Scope? scope)
    {
        for (var at = scope; at is not null; at = at.Outer)
        {
            if (at.Name != name) continue;
            Charge(1);
            return at.Value;
        }

        return CelDeclarations.TypeNamed(name) is { } type ? new CelValue.TypeValue(type) : new CelValue.Error($"no such attribute(s): {name}");
    }

    private CelValue Select(CelExpr.Select select, Scope? scope)
    {
        if (_program.Types.TryGetValue(select, out var type) && type.Kind == CelTypeKind.Type && CelProgram.QualifiedName(select) is { } name && CelDeclarations.TypeNamed(name) is not null)
            return Name(name, null);
        var operand = Evaluate(select.Operand, scope);
        if (operand is CelValue.Error) return operand;
        Charge((select.IsTest ? 0 : 1) + Base(select.Operand));
        var isOptional = select.IsOptional;
        if (operand is CelValue.Optional optional)
        {
            isOptional = true;
            if (optional.Value is null) return select.IsTest ? CelValue.Bool.False : optional;
            operand = optional.Value;
        }

        if (operand is not CelMap map) return select.IsTest || isOptional ? CelValue.Error.NoOverload : new CelValue.Error($"no such key: {select.Field}");
        var value = map.Find(new CelValue.Text(select.Field));
        if (select.IsTest) return CelValue.Bool.Of(value is not null);
        if (value is CelValue.Error) return value;
        if (isOptional) return value is null ? CelValue.Optional.None : new CelValue.Optional(value);
        return value ?? new CelValue.Error($"no such key: {select.Field}");
    }

    private CelValue Call(CelExpr.Call call, Scope? scope)
    {
        switch (call.Function)
        {
            case "_&&_": return Logical(call, scope, decides: false);
            case "_||_": return Logical(call, scope, decides: true);
            case "_?_:_":
                var condition = Evaluate(call.Args[0], scope);
                if (condition is CelValue.Error) return condition;
                if (condition is not CelValue.Bool choice) return CelValue.Error.NoOverload;
                var chosen = call.Args[choice.Value ? 1 : 2];

                // As in cel-go, the way to a value costs a step less where another expression takes it in.
                if (IsPath(chosen)) _cost--;
                return Evaluate(chosen, scope);
            case "@not_strictly_false":
                var value = Evaluate(call.Args[0], scope);
                Charge(1);
                return CelValue.Bool.Of(value is not CelValue.Bool { Value: false });
        }

        var isIndex = call.Function is "_[_]" or "_[?_]";
        var args = new CelValue[call.Args.Length];
        CelValue? error = null;
        for (var i = 0; i < args.Length; i++)
        {
            args[i] = Evaluate(call.Args[i], scope);
            if (args[i] is not CelValue.Error || (call.Function is "or" or "orValue" && i == 1)) continue;
            error ??= args[i];

            // As cel-go does, two arguments are both worked out, and paid for, even when the first is an error.
            if (isIndex || args.Length > 2) return error;
        }

        if (isIndex)
        {
            Charge((IsPath(call.Args[1]) ? 0 : 1) + Base(call.Args[0]));
            return Index(args[0], args[1], call.Function == "_[?_]");
        }

        // What cel-go works out once costs nothing: converted constants, and constant lists to look in.
        var isPrepared = CelConversions.IsConversion(call.Function) ? call.Args[0].IsConstant : call is { Function: "@in", Args: [_, CelExpr.List { IsConstant: true }] };
        if (!isPrepared) Charge(CelCost.Before(call.Function, args));
        if (error is not null) return error;
        var result = CelFunctions.Call(call.Function, args, this, _program.Types.GetValueOrDefault(call) ?? CelType.Dyn);
        Charge(CelCost.After(call.Function, result));
        return result;
    }

    // Whether an expression is a way to a value: a name, and fields and indexes below it.
    private static bool IsPath(CelExpr expr) => expr is CelExpr.Ident or CelExpr.Select { IsTest: false, IsOptional: false } or CelExpr.Call { Function: "_[_]" };

    // A way that begins at the result of something costs a step for that.
    private static long Base(CelExpr operand) => IsPath(operand) || operand is CelExpr.Call { Function: "_?_:_" } ? 0 : 1;

    // The first side that decides does, and takes errors of the other side with it.
    private CelValue Logical(CelExpr.Call call, Scope? scope, bool decides)
    {
        var left = Evaluate(call.Args[0], scope);
        if (left is CelValue.Bool first && first.Value == decides) return left;
        var right = Evaluate(call.Args[1], scope);
        if (right is CelValue.Bool second && second.Value == decides) return right;
        if (left is CelValue.Bool && right is CelValue.Bool) return CelValue.Bool.Of(!decides);
        return left is CelValue.Error ? left : right is CelValue.Error ? right : CelValue.Error.NoOverload;
    }

    private static CelValue Index(CelValue operand, CelValue index, bool isOptional)
    {
        if (operand is CelValue.Optional optional)
        {
            if (optional.Value is null) return optional;
            (operand, isOptional) = (optional.Value, true);
        }

        CelValue? value;
        switch (operand)
        {
            case CelMap map:
                value = map.Find(index) ?? (isOptional ? null : new CelValue.Error($"no such key: {CelText.Show(index)}"));
                break;
            case CelList list:
                var at = index switch
                {
                    CelValue.Int number => number.Value,
                    CelValue.Uint number => (long)Math.Min(number.Value, long.MaxValue),
                    CelValue.Double number when Math.Floor(number.Value).Equals(number.Value) && Math.Abs(number.Value) < 1e15 => (long)number.Value,
                    _ => (long?)null,
                };
                if (at is null) return new CelValue.Error($"unsupported index type '{index.Type}' in list");
                value = at >= 0 && at < list.Count ? list[(int)at] : isOptional ? null : new CelValue.Error($"index out of bounds: {at}");
                break;
            default: return CelValue.Error.NoOverload;
        }

        if (value is CelValue.Error) return value;
        return !isOptional ? value! : value is null ? CelValue.Optional.None : new CelValue.Optional(value);
    }

    private CelValue List(CelExpr.List list, Scope? scope)
    {
        if (list.IsConstant) return _program.Constant(list);
        var items = new List<CelValue>(list.Items.Length);
        for (var i = 0; i < list.Items.Length; i++)
        {
            var item = Evaluate(list.Items[i], scope);
            if (item is CelValue.Error) return item;
            if (!list.Optional[i]) items.Add(item);
            else if (item is not CelValue.Optional optional) return new CelValue.Error($"cannot initialize optional list element from non-optional value {CelText.Show(item)}");
            else if (optional.Value is not null) items.Add(optional.Value);
        }

        Charge(ListCost);
        return items.Count == 0 ? CelList.Empty : CelList.Of(items);
    }

    private CelValue Map(CelExpr.Map map, Scope? scope)
    {
        if (map.IsConstant) return _program.Constant(map);
        var keys = new List<CelValue>(map.Keys.Length);
        var values = new List<CelValue>(map.Keys.Length);
        for (var i = 0; i < map.Keys.Length; i++)
        {
            var key = Evaluate(map.Keys[i], scope);
            if (key is CelValue.Error) return key;
            var value = Evaluate(map.Values[i], scope);
            if (value is CelValue.Error) return value;
            if (map.Optional[i])
            {
                if (value is not CelValue.Optional optional) return new CelValue.Error($"cannot initialize optional entry '{CelText.Show(key)}' from non-optional value {CelText.Show(value)}");
                if (optional.Value is null) continue;
                value = optional.Value;
            }

            keys.Add(key);
            values.Add(value);
        }

        Charge(MapCost);
        return CelMap.Of([.. keys], [.. values]);
    }

    private CelValue Fold(CelExpr.Fold fold, Scope? scope)
    {
        var range = Evaluate(fold.Range, scope);
        if (range is CelValue.Error) return range;
        var (map, list) = (range as CelMap, range as CelList);
        if (map is null && list is null) return CelValue.Error.NoOverload;
        var folded = Evaluate(fold.Initial, scope);
        var count = map?.Count ?? list!.Count;
        for (var i = 0; i < count; i++)
        {
            var inner = new Scope(fold.Accumulator, folded, scope);
            if (map is not null)
            {
                var key = map.KeyAt(i);
                inner = new Scope(fold.Variable, key, inner);
                if (fold.Second is not null) inner = new Scope(fold.Second, map.Find(key)!, inner);
            }
            else if (fold.Second is null)
            {
                inner = new Scope(fold.Variable, list![i], inner);
            }
            else
            {
                inner = new Scope(fold.Second, list![i], new Scope(fold.Variable, new CelValue.Int(i), inner));
            }

            var before = _cost;
            if (Evaluate(fold.Condition, inner) is CelValue.Bool { Value: false }) break;
            folded = Evaluate(fold.Step, inner);

            // A step that cel-go charges nothing for takes its time all the same.
            if (_cost <= before) Charge(before - _cost + 1);
        }

        return Evaluate(fold.Result, new Scope(fold.Accumulator, folded, scope));
    }

    private void Charge(long cost)
    {
        _cost += cost;
        if (_cost > _limit || _cost < 0) throw new CostExceeded();
    }

    private sealed record Scope(string Name, CelValue Value, Scope? Outer);

    private sealed class CostExceeded : Exception;
}
