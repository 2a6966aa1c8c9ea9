namespace ActorPlane.Api.Cel;

/// <summary>
/// Finds the type of each part of an expression, and what does not go together. Source: cel-go/checker/{checker,errors}.go,
/// cel-go/cel/validator.go (literals of durations, times and patterns).
/// </summary>
internal sealed class CelChecker
{
    private readonly List<CelIssue> _issues;
    private readonly CelUnifier _types = new();
    private readonly Dictionary<CelExpr, CelType> _found = new(ReferenceEqualityComparer.Instance);
    private readonly List<(string Name, CelType Type)> _scope = [];

    private CelChecker(List<CelIssue> issues) => _issues = issues;

    /// <summary>The type of each node; variables that stand for nothing in particular are dyn.</summary>
    /// <param name="variables">The names that the expression may use.</param>
    public static Dictionary<CelExpr, CelType> Check(CelExpr expr, IEnumerable<(string Name, CelType Type)> variables, List<CelIssue> issues)
    {
        var checker = new CelChecker(issues);
        checker._scope.AddRange(variables);
        checker.Check(expr);
        foreach (var node in checker._found.Keys.ToArray()) checker._found[node] = checker._types.Resolve(checker._found[node], unknownIsDyn: true);
        return checker._found;
    }

    private CelType Check(CelExpr expr)
    {
        // Some macros use an expression twice.
        if (_found.TryGetValue(expr, out var known)) return known;
        var type = expr switch
        {
            CelExpr.Literal literal => literal.Value.Type,
            CelExpr.Ident name => Name(name),
            CelExpr.Select select => Select(select),
            CelExpr.Call call => Call(call),
            CelExpr.List list => List(list),
            CelExpr.Map map => Map(map),
            CelExpr.Fold fold => Fold(fold),
            CelExpr.Message message => Undeclared(message, message.Name),
            _ => throw new InvalidOperationException("an unknown form of expression"),
        };
        return _found[expr] = type;
    }

    private CelType? Find(string name)
    {
        for (var i = _scope.Count - 1; i >= 0; i--)
        {
            if (_scope[i].Name == name) return _scope[i].Type;
        }

        return CelDeclarations.TypeNamed(name) is { } type ? CelType.TypeOf(type) : null;
    }

    private CelType Name(CelExpr.Ident name) => Find(name.Name) ?? Undeclared(name, name.Name);

    private CelType Select(CelExpr.Select select)
    {
        // A name with dots, such as that of a type.
        if (!select.IsTest && CelProgram.QualifiedName(select) is { } qualified && Find(qualified) is { } named) return named;
        var operand = _types.Resolve(Check(select.Operand), unknownIsDyn: false);
        var isOptional = select.IsOptional;
        if (operand.IsOptional)
        {
            isOptional = true;
            operand = _types.Resolve(operand.Parameters[0], unknownIsDyn: false);
        }

        var type = CelType.Dyn;
        switch (operand.Kind)
        {
            case CelTypeKind.Error or CelTypeKind.Dyn: break;
            case CelTypeKind.Object:
                if (!operand.Fields.TryGetValue(select.Field, out type)) type = Report(select, $"undefined field '{select.Field}'");
                break;
            case CelTypeKind.Map: type = operand.Parameters[1]; break;
            case CelTypeKind.Parameter: _types.IsAssignable(CelType.Dyn, operand); break;
            default: Report(select, $"type '{operand}' does not support field selection"); break;
        }

        return select.IsTest ? CelType.Bool : isOptional && type.Kind != CelTypeKind.Error ? CelType.OptionalOf(type) : type;
    }

    private CelType Call(CelExpr.Call call)
    {
        var types = Array.ConvertAll(call.Args, Check);
        if (CelDeclarations.Find(call.Function) is not { } overloads) return Undeclared(call, call.Function);
        CelType? result = null;
        foreach (var overload in overloads)
        {
            if (overload.IsMember != call.IsMember || overload.Parameters.Length != types.Length) continue;
            var (parameters, own) = _types.Instantiate(overload);
            if (!_types.AreAssignable(types, parameters)) continue;
            own = _types.Resolve(own, unknownIsDyn: false);
            if (result is null) result = own;
            else if (result.Kind != CelTypeKind.Dyn && !result.IsSame(own)) result = CelType.Dyn;
        }

        if (result is null)
        {
            var shown = Array.ConvertAll(types, type => _types.Resolve(type, unknownIsDyn: true).ToString());
            var signature = call.IsMember ? $"{shown[0]}.({string.Join(", ", shown[1..])})" : $"({string.Join(", ", shown)})";
            return Report(call, $"found no matching overload for '{call.Function}' applied to '{signature}'");
        }

        Literals(call);
        return result;
    }

    // Constants that would fail at each evaluation.
    private void Literals(CelExpr.Call call)
    {
        var at = call switch { { Function: "duration" or "timestamp", Args.Length: 1 } => 0, { Function: "matches", Args.Length: 2 } => 1, _ => -1 };
        if (at < 0 || call.Args[at] is not CelExpr.Literal { Value: CelValue.Text text } argument) return;
        var isValid = call.Function switch
        {
            "duration" => CelTime.TryDuration(text.Value, out _),
            "timestamp" => CelTime.TryTimestamp(text.Value, out _, out _),
            _ => CelPatterns.TryParse(text.Value, out _, out _),
        };
        if (!isValid) Report(argument, $"invalid {call.Function} argument");
    }

    private CelType List(CelExpr.List list)
    {
        CelType? element = null;
        for (var i = 0; i < list.Items.Length; i++)
        {
            var type = Check(list.Items[i]);
            element = Join(list.Items[i], element, list.Optional[i] ? Unwrap(list.Items[i], type) : type);
        }

        return CelType.ListOf(element ?? _types.NewVariable());
    }

    private CelType Map(CelExpr.Map map)
    {
        CelType? key = null;
        CelType? value = null;
        for (var i = 0; i < map.Keys.Length; i++)
        {
            key = Join(map.Keys[i], key, Check(map.Keys[i]));
            var type = Check(map.Values[i]);
            value = Join(map.Values[i], value, map.Optional[i] ? Unwrap(map.Values[i], type) : type);
        }

        return CelType.MapOf(key ?? _types.NewVariable(), value ?? _types.NewVariable());
    }

    // What an optional entry holds.
    private CelType Unwrap(CelExpr expr, CelType type)
    {
        var known = _types.Resolve(type, unknownIsDyn: false);
        if (known.IsOptional) return known.Parameters[0];
        if (known.IsDynOrError) return CelType.Dyn;
        return Report(expr, $"expected type 'optional_type({known})' but found '{known}'");
    }

    private CelType Join(CelExpr expr, CelType? before, CelType type)
    {
        if (before is null) return type;
        if (_types.IsAssignable(before, type)) return CelUnifier.MostGeneral(before, type);
        Report(expr, $"expected type '{Show(before)}' but found '{Show(type)}'");
        return CelType.Error;
    }

    private CelType Fold(CelExpr.Fold fold)
    {
        var range = _types.Resolve(Check(fold.Range), unknownIsDyn: false);
        var folded = Check(fold.Initial);
        var (first, second) = (CelType.Dyn, CelType.Dyn);
        switch (range.Kind)
        {
            case CelTypeKind.List: (first, second) = fold.Second is null ? (range.Parameters[0], CelType.Dyn) : (CelType.Int, range.Parameters[0]); break;
            case CelTypeKind.Map: (first, second) = (range.Parameters[0], range.Parameters[1]); break;
            case CelTypeKind.Dyn or CelTypeKind.Error: break;
            case CelTypeKind.Parameter: _types.IsAssignable(CelType.Dyn, range); break;
            default:
                Report(fold.Range, $"expression of type '{range}' cannot be range of a comprehension (must be list, map, or dynamic)");
                (first, second) = (CelType.Error, CelType.Error);
                break;
        }

        var outer = _scope.Count;
        _scope.Add((fold.Accumulator, folded));
        _scope.Add((fold.Variable, first));
        if (fold.Second is not null) _scope.Add((fold.Second, second));
        Assert(fold.Condition, CelType.Bool);
        Assert(fold.Step, folded);
        _scope.RemoveRange(outer + 1, _scope.Count - outer - 1);
        var result = _types.Resolve(Check(fold.Result), unknownIsDyn: false);
        _scope.RemoveRange(outer, 1);
        return result;
    }

    private void Assert(CelExpr expr, CelType wanted)
    {
        var type = Check(expr);
        if (!_types.IsAssignable(wanted, type)) Report(expr, $"expected type '{Show(wanted)}' but found '{Show(type)}'");
    }

    private string Show(CelType type) => _types.Resolve(type, unknownIsDyn: true).ToString();

    private CelType Undeclared(CelExpr expr, string name) => Report(expr, $"undeclared reference to '{name}' (in container '')");

    private CelType Report(CelExpr expr, string message)
    {
        _issues.Add(new CelIssue(expr.Position, message));
        return CelType.Error;
    }
}
