using System.Text.RegularExpressions;

namespace ActorPlane.Api.Cel;

/// <summary>An expression that was read and checked. Immutable: many threads may evaluate it at once.</summary>
internal sealed class CelProgram
{
    private readonly Dictionary<string, Regex> _patterns = new(StringComparer.Ordinal);
    private readonly Dictionary<CelExpr, CelValue> _constants = new(ReferenceEqualityComparer.Instance);

    private CelProgram(string source, CelExpr root, IReadOnlyDictionary<CelExpr, CelType> types)
    {
        (Source, Root, Types) = (source, root, types);
        foreach (var node in types.Keys)
        {
            if (node.IsConstant) Prepare(node);
            if (node is not CelExpr.Call { Function: "matches" or "find" or "findAll", Args: [_, CelExpr.Literal { Value: CelValue.Text pattern }, ..] }) continue;
            if (CelPatterns.TryParse(pattern.Value, out var regex, out var error)) _patterns[pattern.Value] = regex;
            else PatternError ??= error;
        }
    }

    public string Source { get; }

    public CelExpr Root { get; }

    /// <summary>The type of each node.</summary>
    public IReadOnlyDictionary<CelExpr, CelType> Types { get; }

    /// <summary>What is wrong with a pattern that stands in the expression; null when nothing is.</summary>
    public string? PatternError { get; }

    /// <summary>The type of the result.</summary>
    public CelType Type => Types[Root];

    /// <summary>Reads and checks an expression; null when it does not compile: then the text says why, as cel-go does.</summary>
    /// <param name="variables">The names that it may use.</param>
    public static CelProgram? Compile(string source, IEnumerable<(string Name, CelType Type)> variables, out string issues)
    {
        var found = new List<CelIssue>();
        var root = CelParser.Parse(source, found);
        var types = root is null ? null : CelChecker.Check(root, variables, found);
        issues = CelIssue.Show(found, source);
        return root is null || types is null || found.Count > 0 ? null : new CelProgram(source, root, types);
    }

    /// <summary>Evaluates the expression.</summary>
    /// <param name="limit">The cost at which evaluation stops: with an error, and a cost above the limit.</param>
    /// <param name="variables">Values for the names; a name without one is an error when it is asked for.</param>
    /// <returns>The value, which may be an error, and what it cost.</returns>
    public (CelValue Value, long Cost) Evaluate(long limit, params ReadOnlySpan<(string Name, CelValue Value)> variables) => CelEvaluator.Evaluate(this, limit, variables);

    /// <summary>The value of a constant list or map, which may be an error.</summary>
    public CelValue Constant(CelExpr expr) => _constants[expr];

    /// <summary>A pattern that stands in the expression; null when the text is none of those.</summary>
    public Regex? Pattern(string pattern) => _patterns.GetValueOrDefault(pattern);

    /// <summary>Whether the expression speaks of a variable.</summary>
    public bool Uses(string variable) => Types.Keys.Any(node => node is CelExpr.Ident name && name.Name == variable);

    private CelValue Prepare(CelExpr expr)
    {
        if (expr is CelExpr.Literal literal) return literal.Value;
        if (_constants.TryGetValue(expr, out var known)) return known;
        if (expr is CelExpr.Map map) return _constants[expr] = CelMap.Of(Array.ConvertAll(map.Keys, Prepare), Array.ConvertAll(map.Values, Prepare));
        var items = Array.ConvertAll(((CelExpr.List)expr).Items, Prepare);
        return _constants[expr] = Array.Find(items, item => item is CelValue.Error) ?? CelList.Constant(items);
    }

    /// <summary>The name with dots that an expression may be; null when it is more than that.</summary>
    internal static string? QualifiedName(CelExpr expr) => expr switch
    {
        CelExpr.Ident name => name.Name,
        CelExpr.Select { IsTest: false, IsOptional: false } select when QualifiedName(select.Operand) is { } prefix => $"{prefix}.{select.Field}",
        _ => null,
    };
}
