using System.Globalization;

namespace ActorPlane.Api;

/// <summary>Reads label queries with the grammar and the error texts of labels/selector.go.</summary>
internal sealed class LabelQueryParser(string text)
{
    private const string Symbols = "=!(),><";
    private int _position;

    private enum Kind
    {
        End,
        Identifier,
        Comma,
        Not,
        Open,
        Close,
        Equals,
        DoubleEquals,
        NotEquals,
        Greater,
        Less,
        In,
        NotIn,
    }

    public List<LabelRequirement> Parse()
    {
        var requirements = new List<LabelRequirement>();
        while (true)
        {
            var (kind, literal) = Peek();
            if (kind == Kind.End) return requirements;
            if (kind is not (Kind.Identifier or Kind.Not)) throw Wrong(literal, "!, identifier, or 'end of string'");
            try
            {
                requirements.Add(Requirement());
            }
            catch (FormatException error)
            {
                throw new FormatException("unable to parse requirement: " + error.Message);
            }

            (kind, literal) = Take();
            if (kind == Kind.End) return requirements;
            if (kind != Kind.Comma) throw Wrong(literal, "',' or 'end of string'");
            (kind, literal) = Peek();
            if (kind is not (Kind.Identifier or Kind.Not)) throw Wrong(literal, "identifier after ','");
        }
    }

    private LabelRequirement Requirement()
    {
        var absent = false;
        var (kind, key) = Take();
        if (kind == Kind.Not)
        {
            absent = true;
            (kind, key) = Take();
        }

        if (kind != Kind.Identifier) throw Wrong(key, "identifier");
        if (NameRules.QualifiedName(key) is [var problem, ..]) throw new FormatException($"<nil>: Invalid value: \"{key}\": {problem}");
        if (absent) return new LabelRequirement(key, LabelOperator.DoesNotExist, []);
        if (Peek().Kind is Kind.End or Kind.Comma) return new LabelRequirement(key, LabelOperator.Exists, []);

        var (operation, literal) = Take();
        var requirement = operation switch
        {
            Kind.In => new LabelRequirement(key, LabelOperator.In, Values()),
            Kind.NotIn => new LabelRequirement(key, LabelOperator.NotIn, Values()),
            Kind.Equals or Kind.DoubleEquals => new LabelRequirement(key, LabelOperator.Equals, [Value()]),
            Kind.NotEquals => new LabelRequirement(key, LabelOperator.NotEquals, [Value()]),
            Kind.Greater => new LabelRequirement(key, LabelOperator.GreaterThan, [Value()]),
            Kind.Less => new LabelRequirement(key, LabelOperator.LessThan, [Value()]),
            _ => throw Wrong(literal, "in, notin, =, ==, !=, gt, lt"),
        };
        Check(requirement);
        return requirement;
    }

    private static void Check(LabelRequirement requirement)
    {
        if (requirement.Operator is LabelOperator.In or LabelOperator.NotIn && requirement.Values.IsEmpty)
        {
            throw new FormatException("values: Invalid value: []string{}: for 'in', 'notin' operators, values set can't be empty");
        }

        for (var i = 0; i < requirement.Values.Count; i++)
        {
            var value = requirement.Values[i];
            if (requirement.Operator is LabelOperator.GreaterThan or LabelOperator.LessThan
                && !long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            {
                throw new FormatException($"values[{i}]: Invalid value: \"{value}\": for 'Gt', 'Lt' operators, the value must be an integer");
            }

            if (NameRules.LabelValue(value) is [var problem, ..])
            {
                throw new FormatException($"values[{i}][{requirement.Key}]: Invalid value: \"{value}\": {problem}");
            }
        }
    }

    private string Value()
    {
        if (Peek(values: true).Kind is Kind.End or Kind.Comma) return "";
        var (kind, literal) = Take(values: true);
        return kind == Kind.Identifier ? literal : throw Wrong(literal, "identifier");
    }

    private ValueList<string> Values()
    {
        var (kind, literal) = Take(values: true);
        if (kind != Kind.Open) throw new FormatException($"found '{literal}' expected: '('");
        var values = new SortedSet<string>(StringComparer.Ordinal);
        (kind, literal) = Peek(values: true);
        if (kind == Kind.Close)
        {
            Take(values: true);
            return [];
        }

        if (kind is not (Kind.Identifier or Kind.Comma)) throw Wrong(literal, "',', ')' or identifier");
        while (true)
        {
            (kind, literal) = Take(values: true);
            switch (kind)
            {
                case Kind.Identifier:
                    values.Add(literal);
                    var (next, found) = Peek(values: true);
                    if (next is not (Kind.Comma or Kind.Close)) throw Wrong(found, "',' or ')'");
                    break;
                case Kind.Comma:
                    if (values.Count == 0) values.Add("");
                    if (Peek(values: true).Kind is Kind.Comma or Kind.Close) values.Add("");
                    break;
                case Kind.Close:
                    return [.. values];
                default:
                    throw Wrong(literal, "',', or identifier");
            }
        }
    }

    private (Kind Kind, string Literal) Peek(bool values = false)
    {
        var before = _position;
        var token = Take(values);
        _position = before;
        return token;
    }

    private (Kind Kind, string Literal) Take(bool values = false)
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position])) _position++;
        if (_position == text.Length) return (Kind.End, "");
        var start = _position;
        if (Symbols.Contains(text[_position], StringComparison.Ordinal))
        {
            var second = _position + 1 < text.Length && text[_position + 1] == '=';
            var (kind, length) = text[_position] switch
            {
                '(' => (Kind.Open, 1),
                ')' => (Kind.Close, 1),
                ',' => (Kind.Comma, 1),
                '>' => (Kind.Greater, 1),
                '<' => (Kind.Less, 1),
                '!' => second ? (Kind.NotEquals, 2) : (Kind.Not, 1),
                _ => second ? (Kind.DoubleEquals, 2) : (Kind.Equals, 1),
            };
            _position += length;
            return (kind, text.Substring(start, length));
        }

        while (_position < text.Length && !char.IsWhiteSpace(text[_position]) && !Symbols.Contains(text[_position], StringComparison.Ordinal)) _position++;
        var word = text[start.._position];

        // "in" is an operator after a key and a word like any other where a value stands.
        return word switch
        {
            "in" when !values => (Kind.In, word),
            "notin" when !values => (Kind.NotIn, word),
            _ => (Kind.Identifier, word),
        };
    }

    private static FormatException Wrong(string found, string expected) => new($"found '{found}', expected: {expected}");
}
