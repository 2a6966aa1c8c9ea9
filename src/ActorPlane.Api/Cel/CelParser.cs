using System.Globalization;
using System.Text;
using Kind = ActorPlane.Api.Cel.CelLexer.Kind;
using Token = ActorPlane.Api.Cel.CelLexer.Token;

namespace ActorPlane.Api.Cel;

/// <summary>
/// Reads an expression. Macros are expanded on the way, and functions in a name space, such as <c>optional.of</c>, become plain calls.
/// Source: cel-spec/doc/langdef.md (grammar), cel-go/parser/parser.go.
/// </summary>
internal sealed class CelParser
{
    /// <summary>How deep an expression may nest.</summary>
    public const int MaxDepth = 250;

    /// <summary>How many code points an expression may have.</summary>
    public const int MaxSize = 100_000;

    private const string Expected =
        "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";

    private static readonly HashSet<string> Reserved =
    [
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace", "return", "var", "void", "while",
    ];

    private readonly List<CelIssue> _issues;
    private readonly List<Token> _tokens;
    private int _at;
    private int _depth;

    private CelParser(string source, List<CelIssue> issues)
    {
        _issues = issues;
        _tokens = CelLexer.Read(source, issues);
    }

    private Token Here => _tokens[_at];

    /// <summary>The syntax tree; null when there are issues.</summary>
    public static CelExpr? Parse(string source, List<CelIssue> issues)
    {
        var size = new StringBuilder(source).Length - source.Count(char.IsLowSurrogate);
        if (size > MaxSize)
        {
            issues.Add(new CelIssue(0, string.Create(CultureInfo.InvariantCulture, $"expression code point size exceeds limit: size: {size}, limit {MaxSize}")));
            return null;
        }

        var parser = new CelParser(source, issues);
        try
        {
            var result = parser.Ternary();
            if (parser.Here.Kind != Kind.End)
                parser.Fail(parser.Here, parser._at + 2 == parser._tokens.Count ? $"extraneous input '{parser.Here.Shown}' expecting <EOF>" : $"mismatched input '{parser.Here.Shown}' expecting <EOF>");
            return issues.Count == 0 ? result : null;
        }
        catch (Stop)
        {
            return null;
        }
    }

    private CelExpr Ternary()
    {
        if (++_depth > MaxDepth) throw TooDeep(Here.Position);
        var condition = Balanced("||", "_||_", () => Balanced("&&", "_&&_", Relation));
        if (Here.Is("?"))
        {
            var at = Next().Position;
            var yes = Balanced("||", "_||_", () => Balanced("&&", "_&&_", Relation));
            Expect(":");
            condition = Limit(new CelExpr.Call(at, "_?_:_", false, condition, yes, Ternary()));
        }

        _depth--;
        return condition;
    }

    // A long chain becomes a balanced tree.
    private CelExpr Balanced(string symbol, string function, Func<CelExpr> operand)
    {
        var terms = new List<CelExpr> { operand() };
        var places = new List<int>();
        while (Here.Is(symbol))
        {
            places.Add(Next().Position);
            terms.Add(operand());
        }

        return Join(0, terms.Count - 1);

        CelExpr Join(int first, int last)
        {
            if (first == last) return terms[first];
            var middle = (first + last + 1) / 2;
            return Limit(new CelExpr.Call(places[middle - 1], function, false, Join(first, middle - 1), Join(middle, last)));
        }
    }

    private CelExpr Relation()
    {
        var left = Sum();
        while (Here is { Kind: Kind.Symbol, Text: "<" or "<=" or ">" or ">=" or "==" or "!=" or "in" })
        {
            var token = Next();
            left = Limit(new CelExpr.Call(token.Position, token.Text == "in" ? "@in" : $"_{token.Text}_", false, left, Sum()));
        }

        return left;
    }

    private CelExpr Sum()
    {
        var left = Product();
        while (Here is { Kind: Kind.Symbol, Text: "+" or "-" })
        {
            var token = Next();
            left = Limit(new CelExpr.Call(token.Position, $"_{token.Text}_", false, left, Product()));
        }

        return left;
    }

    private CelExpr Product()
    {
        var left = Unary();
        while (Here is { Kind: Kind.Symbol, Text: "*" or "/" or "%" })
        {
            var token = Next();
            left = Limit(new CelExpr.Call(token.Position, $"_{token.Text}_", false, left, Unary()));
        }

        return left;
    }

    private CelExpr Unary()
    {
        if (Here is not { Kind: Kind.Symbol, Text: "!" or "-" }) return Member();
        if (Here.Is("-") && _tokens[_at + 1].Kind is Kind.Int or Kind.Double) return Member();
        var first = Here;
        var count = 0;
        while (Here.Is(first.Text))
        {
            // The last sign before a number belongs to it.
            if (first.Text == "-" && count > 0 && _tokens[_at + 1].Kind is Kind.Int or Kind.Double) break;
            count++;
            _at++;
        }

        var operand = Here.Is("!") || (Here.Is("-") && _tokens[_at + 1].Kind is not (Kind.Int or Kind.Double)) ? Unexpected() : Member();
        return count % 2 == 0 ? operand : Limit(new CelExpr.Call(first.Position, first.Text == "!" ? "!_" : "-_", false, operand));
    }

    private CelExpr Member()
    {
        var value = Primary();
        while (true)
        {
            if (Here.Is("."))
            {
                var dot = Next();
                var isOptional = Here.Is("?");
                if (isOptional) _at++;
                var name = Name();
                if (Here.Is("(") && !isOptional)
                {
                    var open = Next().Position;
                    value = Limit(MemberCall(open, value, name.Text, List(")")));
                }
                else
                {
                    value = Limit(new CelExpr.Select(dot.Position, value, name.Text, isOptional: isOptional));
                }
            }
            else if (Here.Is("["))
            {
                var open = Next().Position;
                var isOptional = Here.Is("?");
                if (isOptional) _at++;
                var index = Ternary();
                Expect("]");
                value = Limit(new CelExpr.Call(open, isOptional ? "_[?_]" : "_[_]", false, value, index));
            }
            else
            {
                return value;
            }
        }
    }

    private CelExpr Primary()
    {
        var token = Here;
        switch (token.Kind)
        {
            case Kind.Int or Kind.Uint or Kind.Double or Kind.String or Kind.Bytes: return Constant(Next(), "");
            case Kind.Ident: return Named(leadingDot: false);
            case Kind.Symbol: break;
            default: return Unexpected();
        }

        switch (token.Text)
        {
            case "true" or "false": return new CelExpr.Literal(Next().Position, CelValue.Bool.Of(token.Text == "true"));
            case "null": return new CelExpr.Literal(Next().Position, CelValue.Null.Instance);
            case "-" when _tokens[_at + 1].Kind is Kind.Int or Kind.Double:
                _at++;
                return Constant(Next(), "-");
            case "." when _tokens[_at + 1].Kind == Kind.Ident:
                _at++;
                return Named(leadingDot: true);
            case "(":
                _at++;
                var inner = Ternary();
                Expect(")");
                return inner;
            case "[":
                return ListLiteral(Next().Position);
            case "{":
                return MapLiteral(Next().Position);
            default: return Unexpected();
        }
    }

    private CelExpr Named(bool leadingDot)
    {
        var name = Next();
        if (Reserved.Contains(name.Text)) Report(name.Position, $"reserved identifier: {name.Text}");
        if (Here.Is("("))
        {
            var open = Next().Position;
            return Limit(CelMacros.Expand(open, null, name.Text, List(")"), _issues) ?? throw new Stop());
        }

        // A message: dotted name, then fields in braces.
        var end = _at;
        while (_tokens[end].Is(".") && _tokens[end + 1].Kind == Kind.Ident) end += 2;
        if (!_tokens[end].Is("{")) return new CelExpr.Ident(name.Position, name.Text);
        var full = name.Text + string.Concat(_tokens[_at..end].Select(token => token.Text));
        _at = end;
        var brace = Next().Position;
        while (!Here.Is("}"))
        {
            if (Here.Is("?")) _at++;
            Name();
            Expect(":");
            Ternary();
            if (!Here.Is(",")) break;
            _at++;
        }

        Expect("}");
        return new CelExpr.Message(brace, leadingDot ? "." + full : full);
    }

    private CelExpr MemberCall(int open, CelExpr target, string function, List<CelExpr> args)
    {
        if (CelProgram.QualifiedName(target) is { } prefix && CelDeclarations.IsDeclared($"{prefix}.{function}")) return new CelExpr.Call(open, $"{prefix}.{function}", false, [.. args]);
        return CelMacros.Expand(open, target, function, args, _issues) ?? throw new Stop();
    }

    private List<CelExpr> List(string close)
    {
        var items = new List<CelExpr>();
        if (!Here.Is(close))
        {
            items.Add(Ternary());
            while (Here.Is(","))
            {
                _at++;
                items.Add(Ternary());
            }
        }

        Expect(close);
        return items;
    }

    private CelExpr.List ListLiteral(int position)
    {
        var items = new List<CelExpr>();
        var optional = new List<bool>();
        while (!Here.Is("]"))
        {
            optional.Add(Here.Is("?"));
            if (optional[^1]) _at++;
            items.Add(Ternary());
            if (!Here.Is(",")) break;
            _at++;
        }

        Expect("]");
        return Limit(new CelExpr.List(position, [.. items], [.. optional]));
    }

    private CelExpr.Map MapLiteral(int position)
    {
        var keys = new List<CelExpr>();
        var values = new List<CelExpr>();
        var optional = new List<bool>();
        while (!Here.Is("}"))
        {
            optional.Add(Here.Is("?"));
            if (optional[^1]) _at++;
            keys.Add(Ternary());
            Expect(":");
            values.Add(Ternary());
            if (!Here.Is(",")) break;
            _at++;
        }

        Expect("}");
        return Limit(new CelExpr.Map(position, [.. keys], [.. values], [.. optional]));
    }

    private CelExpr.Literal Constant(Token token, string sign)
    {
        var position = sign.Length == 0 ? token.Position : _tokens[_at - 2].Position;
        CelValue? value = null;
        string? wrong = null;
        switch (token.Kind)
        {
            case Kind.Int:
                wrong = "invalid int literal";
                if (Whole(token.Text) is { } whole && sign.Length == 0 && whole <= long.MaxValue) value = new CelValue.Int((long)whole);
                else if (Whole(token.Text) is { } negative && sign.Length > 0 && negative <= 1UL << 63) value = new CelValue.Int(unchecked(-(long)negative));
                break;
            case Kind.Uint:
                wrong = "invalid uint literal";
                if (Whole(token.Text[..^1]) is { } natural) value = new CelValue.Uint(natural);
                break;
            case Kind.Double:
                wrong = "invalid double literal";
                var number = double.Parse(sign + token.Text, CultureInfo.InvariantCulture);
                if (double.IsFinite(number)) value = new CelValue.Double(number);
                break;
            default:
                if (CelLexer.Unescape(token.Text, token.Kind == Kind.Bytes, out wrong) is { } bytes)
                    value = token.Kind == Kind.Bytes ? new CelValue.Bytes(bytes) : new CelValue.Text(Encoding.UTF8.GetString(bytes));
                break;
        }

        if (value is null) Report(position, wrong!);
        return new CelExpr.Literal(position, value ?? CelValue.Null.Instance);
    }

    private static ulong? Whole(string text)
    {
        var isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return ulong.TryParse(isHex ? text.AsSpan(2) : text, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    private Token Name()
    {
        if (Here.Kind == Kind.Ident) return Next();
        throw Fail(Here, $"mismatched input '{Here.Shown}' expecting IDENTIFIER");
    }

    private Token Next() => _tokens[_at++];

    private void Expect(string symbol)
    {
        if (Here.Is(symbol))
        {
            _at++;
            return;
        }

        throw Fail(Here, symbol == ":" || Here.Kind != Kind.End ? $"mismatched input '{Here.Shown}' expecting '{symbol}'" : $"missing '{symbol}' at '<EOF>'");
    }

    private CelExpr Unexpected() => throw Fail(Here, $"mismatched input '{Here.Shown}' expecting {Expected}");

    private T Limit<T>(T expr)
        where T : CelExpr
    {
        if (expr.Depth > MaxDepth) throw TooDeep(expr.Position);
        return expr;
    }

    private Stop TooDeep(int position)
    {
        Report(position, string.Create(CultureInfo.InvariantCulture, $"expression recursion limit exceeded: {MaxDepth}"));
        return new Stop();
    }

    private void Report(int position, string message) => _issues.Add(new CelIssue(position, message));

    private Stop Fail(Token token, string message)
    {
        Report(token.Position, $"Syntax error: {message}");
        return new Stop();
    }

    // An issue is told already; what comes after it would only confuse.
    private sealed class Stop : Exception;
}
