using ActorPlane.Api.Cel;
using Range = ActorPlane.Api.CustomRuleRange;

namespace ActorPlane.Api;

/// <summary>
/// What a rule may cost at most, worked out from how large the schema lets values get.
/// Source: cel-go/checker/cost.go (0.22), k8s.io/apiserver/pkg/cel/library/cost.go.
/// </summary>
internal sealed class CustomRuleCost
{
    private const double PatternOfNames = 128 * CelCost.PerPatternCharacter;

    private readonly IReadOnlyDictionary<CelExpr, CelType> _types;
    private readonly CustomRuleType _self;

    // What part of the schema a node stands for, where that is known; absent where it is not, null where rules see no such part.
    private readonly Dictionary<CelExpr, CustomRuleType?> _parts = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<CelExpr, Range> _sizes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<CelExpr, Range> _costs = new(ReferenceEqualityComparer.Instance);
    private readonly List<CelExpr.Fold> _loops = [];

    private CustomRuleCost(CelProgram program, CustomRuleType self) => (_types, _self) = (program.Types, self);

    /// <summary>The most that one evaluation may cost.</summary>
    public static ulong Of(CelProgram program, CustomRuleType self) => new CustomRuleCost(program, self).Cost(program.Root).Max;

    // Some macros use an expression twice: it is looked at once.
    private Range Cost(CelExpr expr) => _costs.TryGetValue(expr, out var known) ? known : _costs[expr] = CostOf(expr);

    private Range CostOf(CelExpr expr)
    {
        switch (expr)
        {
            case CelExpr.Ident name:
                Name(name);
                return Range.Of(1);
            case CelExpr.Select { IsTest: true } test: return Cost(test.Operand);
            case CelExpr.Select select: return Select(select);
            case CelExpr.Call call: return Call(call);
            case CelExpr.List list:
                var items = Range.Of(10);
                foreach (var item in list.Items) items += Cost(item);
                return items;
            case CelExpr.Map map:
                var entries = Range.Of(30);
                for (var i = 0; i < map.Keys.Length; i++) entries += Cost(map.Keys[i]) + Cost(map.Values[i]);
                return entries;
            case CelExpr.Fold fold: return Fold(fold);
            default: return Range.Of(0);
        }
    }

    private void Name(CelExpr.Ident name)
    {
        if (_loops.FindLast(fold => fold.Variable == name.Name || fold.Second == name.Name) is not { } loop)
        {
            if (name.Name != CelMacros.Accumulator) _parts[name] = _self;
            return;
        }

        if (!_parts.TryGetValue(loop.Range, out var range) || range is null) return;
        var isList = _types[loop.Range].Kind == CelTypeKind.List;
        if (name.Name == loop.Second || (isList && loop.Second is null)) _parts[name] = range.Element;
        else if (!isList) _parts[name] = Key;
    }

    // Keys count as empty.
    private static CustomRuleType? Key { get; } = CustomRuleType.Of(JsonValue.Object(("type", JsonValue.Of("string")), ("maxLength", JsonValue.Of(0L))), isResource: false);

    private Range Select(CelExpr.Select select)
    {
        var cost = Cost(select.Operand);
        if (select.IsOptional) return cost + Range.Of(1);
        if (_types[select.Operand].Kind is CelTypeKind.Map or CelTypeKind.Object or CelTypeKind.Parameter) cost += Range.Of(1);
        if (_parts.TryGetValue(select.Operand, out var part) && part is { IsObject: true } && part.Names.TryGetValue(select.Field, out var name)) _parts[select] = part.Properties[name];
        return cost;
    }

    private Range Fold(CelExpr.Fold fold)
    {
        var cost = Cost(fold.Range) + Cost(fold.Initial);
        _loops.Add(fold);
        var step = Cost(fold.Condition) + Cost(fold.Step);
        _loops.RemoveAt(_loops.Count - 1);
        cost += Cost(fold.Result);
        var count = Size(fold.Range);
        _sizes[fold] = count;
        return cost + (count * step);
    }

    private Range Call(CelExpr.Call call)
    {
        var args = call.Args;
        var costs = Array.ConvertAll(args, Cost);
        var sum = Range.Of(0);
        foreach (var cost in costs) sum += cost;
        switch (call.Function)
        {
            case "_&&_" or "_||_": return new Range(costs[0].Min, (costs[0] + costs[1]).Max);
            case "_?_:_":
                _sizes[call] = Size(args[1]).Union(Size(args[2]));
                return costs[0] + costs[1].Union(costs[2]);
            case "_[_]" when _parts.TryGetValue(args[0], out var part) && part?.Element is not null:
                _parts[call] = part.Element;
                break;
        }

        return sum + Function(call, args);
    }

    private Range Function(CelExpr.Call call, CelExpr[] args)
    {
        switch (call.Function)
        {
            case "isSorted" or "sum" or "max" or "min" or "indexOf" or "lastIndexOf":
                if (_types[args[0]] is not { Kind: CelTypeKind.List } list) return Size(args[0]) * CelCost.PerCharacter;
                var each = Range.Of(1);
                if (list.Parameters[0].Kind is CelTypeKind.String or CelTypeKind.Bytes) each += Element(args[0]) * CelCost.PerCharacter;
                return Size(args[0]) * each;
            case "url" or "cidr" or "isIP" or "isCIDR" or "quantity" or "isQuantity": return Size(args[0]) * CelCost.PerCharacter;
            case "ip": return _types[args[0]].Name == CelType.Cidr.Name ? Range.Of(1) : Size(args[0]) * CelCost.PerCharacter;
            case "ip.isCanonical": return Size(args[0]) * (2 * CelCost.PerCharacter);
            case "lowerAscii" or "upperAscii" or "substring" or "trim":
                _sizes[call] = Size(args[0]);
                return Size(args[0]) * CelCost.PerCharacter;
            case "replace":
                _sizes[call] = Replaced(Size(args[0]), Size(args[1]), Size(args[2]));
                return Size(args[0]) * (2 * CelCost.PerCharacter);
            case "split":
                var most = args is [_, _, CelExpr.Literal { Value: CelValue.Int { Value: >= 0 } limit }] ? (ulong)limit.Value : Size(args[0]).Max;
                _sizes[call] = new Range(0, most);
                return Size(args[0]) * (2 * CelCost.PerCharacter);
            case "join":
                var joined = Size(args[0]) * Element(args[0]);
                if (args.Length > 1) joined += Size(args[1]) * new Range(Size(args[0]).Min is > 0 and var least ? least - 1 : 0, Size(args[0]).Max is > 0 and var largest ? largest - 1 : 0);
                _sizes[call] = joined;
                return joined * CelCost.PerCharacter;
            case "find" or "findAll":
                _sizes[call] = new Range(0, Size(args[0]).Max);
                return Pattern(args);
            case "matches" when call.IsMember: return Pattern(args);
            case "contains": return (Size(args[0]) * CelCost.PerCharacter) * (Size(args[1]) * CelCost.PerCharacter);
            case "startsWith" or "endsWith": return Size(args[1]) * CelCost.PerCharacter;
            case "format": return Size(args[0]) * CelCost.PerCharacter;
            case "validate": return (Size(args[1]) * CelCost.PerCharacter) * PatternOfNames;
            case "containsIP" or "containsCIDR":
                var address = new Range(4, 16);
                var compared = (address + address) * CelCost.PerCharacter;
                if (call.Function == "containsCIDR") compared += (address * CelCost.PerCharacter) + Range.Of(1);
                return _types[args[1]].Kind == CelTypeKind.String ? compared + (Size(args[1]) * CelCost.PerCharacter) : compared;
            case "sets.contains" or "sets.intersects": return Size(args[0]) * Size(args[1]);
            case "sets.equivalent": return Size(args[0]) * Size(args[1]) * Range.Of(2);
            case "strings.quote":
                _sizes[call] = (Size(args[0]) * Range.Of(2)) + Range.Of(2);
                return Size(args[0]) * CelCost.PerCharacter;
            case "bytes" when _types[args[0]].Kind == CelTypeKind.String:
                _sizes[call] = new Range(Size(args[0]).Min, (Size(args[0]) * Range.Of(4)).Max);
                return Size(args[0]) * CelCost.PerCharacter;
            case "string" when _types[args[0]].Kind == CelTypeKind.Bytes:
                _sizes[call] = new Range(Size(args[0]).Min / 4, Size(args[0]).Max);
                return Size(args[0]) * CelCost.PerCharacter;
            case "@in" when _types[args[1]].Kind == CelTypeKind.List: return Size(args[1]);
            case "_+_" when _types[call].Kind is CelTypeKind.String or CelTypeKind.Bytes or CelTypeKind.List or CelTypeKind.Dyn:
                _sizes[call] = Size(args[0]) + Size(args[1]);
                return _types[call].Kind == CelTypeKind.List ? Range.Of(1) : _sizes[call] * CelCost.PerCharacter;
            case "_==_" or "_!=_": return Compared(args);
            case "_<_" or "_<=_" or "_>_" or "_>=_" when _types[args[0]].Kind is CelTypeKind.String or CelTypeKind.Bytes or CelTypeKind.Dyn: return Compared(args);
            default: return Range.Of(1);
        }
    }

    private Range Compared(CelExpr[] args)
    {
        var most = Math.Min(Size(args[0]).Max, Size(args[1]).Max);
        return new Range(most > 0 ? 1u : 0u, most) * CelCost.PerCharacter;
    }

    private Range Pattern(CelExpr[] args) => ((Size(args[0]) + Range.Of(1)) * CelCost.PerCharacter) * (Size(args[1]) * CelCost.PerPatternCharacter);

    private static Range Replaced(Range text, Range old, Range by)
    {
        var (count, kept) = (0ul, 0ul);
        if (old.Min == 0) (count, kept) = (text.Max == ulong.MaxValue ? text.Max : text.Max + 1, text.Max);
        else if (by.Max <= old.Min) kept = text.Max;
        else count = (ulong)Math.Ceiling((double)text.Max / old.Min);
        return new Range(0, ((new Range(0, count) * by) + new Range(0, kept)).Max);
    }

    // How large the elements of a list may get.
    private Range Element(CelExpr list) => _parts.TryGetValue(list, out var part) && part?.Element is { } element ? new Range(0, (ulong)element.MostElements) : Range.Unknown;

    private Range Size(CelExpr expr)
    {
        if (_sizes.TryGetValue(expr, out var known)) return known;
        switch (expr)
        {
            case CelExpr.Literal { Value: CelValue.Text text }: return Range.Of((ulong)text.Size);
            case CelExpr.Literal { Value: CelValue.Bytes bytes }: return Range.Of((ulong)bytes.Value.Length);
            case CelExpr.Literal: return Range.Of(1);
            case CelExpr.List list: return Range.Of((ulong)list.Items.Length);
            case CelExpr.Map map: return Range.Of((ulong)map.Keys.Length);
        }

        if (_parts.TryGetValue(expr, out var part) && part is not null) return new Range(0, (ulong)part.MostElements);
        if (_types[expr] is { Kind: CelTypeKind.Opaque, IsOptional: false }) return Range.Of(1);
        return _types[expr].Kind is CelTypeKind.Bool or CelTypeKind.Int or CelTypeKind.Uint or CelTypeKind.Double or CelTypeKind.Duration or CelTypeKind.Timestamp ? Range.Of(1) : Range.Unknown;
    }
}
