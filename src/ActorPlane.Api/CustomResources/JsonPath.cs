using System.Globalization;

namespace ActorPlane.Api;

/// <summary>
/// A path into a tree as kubectl and definitions write it, without braces: <c>.spec.replicas</c>, <c>.spec['a.b']</c>,
/// <c>.status.conditions[?(@.type=="Ready")].status</c>, <c>.items[0:2].name</c>, <c>.items[*]</c>, <c>..name</c>. What is not there is
/// nothing found. Source: staging/src/k8s.io/client-go/util/jsonpath.
/// </summary>
public sealed class JsonPath
{
    private readonly IReadOnlyList<Step> _steps;

    private JsonPath(IReadOnlyList<Step> steps) => _steps = steps;

    private delegate IEnumerable<JsonValue> Step(JsonValue value, JsonValue root);

    /// <summary>The name of the first field; null when the path begins otherwise.</summary>
    public string? FirstField { get; private init; }

    /// <summary>Reads a path. Throws <see cref="FormatException"/> when it is none.</summary>
    public static JsonPath Parse(string text)
    {
        var at = 0;
        var path = Parse(text, ref at);
        return at == text.Length ? path : throw new FormatException($"unrecognized character in action: {text[at]}");
    }

    /// <summary>All values that the path leads to, in the tree's order.</summary>
    public IReadOnlyList<JsonValue> Find(JsonValue root) => Find(root, root);

    private List<JsonValue> Find(JsonValue value, JsonValue root)
    {
        List<JsonValue> found = [value];
        foreach (var step in _steps) found = [.. found.SelectMany(item => step(item, root))];
        return found;
    }

    private static JsonPath Parse(string text, ref int at)
    {
        var steps = new List<Step>();
        string? first = null;
        if (at < text.Length && text[at] is '$' or '@') at++;
        while (at < text.Length)
        {
            if (text[at] == '.')
            {
                at++;
                if (at < text.Length && text[at] == '.')
                {
                    at++;
                    steps.Add(static (value, _) => Descendants(value));
                }

                if (at < text.Length && text[at] == '[') continue;
                if (at < text.Length && text[at] == '*')
                {
                    at++;
                    steps.Add(static (value, _) => Children(value));
                    continue;
                }

                var name = Name(text, ref at);
                if (name.Length == 0) continue;
                if (steps.Count == 0) first = name;
                steps.Add(Field(name));
            }
            else if (text[at] == '[')
            {
                at++;
                var begin = at;
                var quoted = at < text.Length && text[at] is '\'' or '"';
                steps.Add(Bracket(text, ref at));
                if (steps.Count == 1 && quoted) first = text[(begin + 1)..(at - 2)];
            }
            else
            {
                break;
            }
        }

        return new JsonPath(steps) { FirstField = first };
    }

    private static string Name(string text, ref int at)
    {
        var name = new System.Text.StringBuilder();
        for (; at < text.Length && text[at] is not ('.' or '[' or ']' or ')' or ' ' or '=' or '!' or '<' or '>' or '|' or '&' or ',' or '\'' or '"'); at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length) at++;
            name.Append(text[at]);
        }

        return name.ToString();
    }

    private static Step Bracket(string text, ref int at)
    {
        if (at < text.Length && text[at] == '?') return Filter(text, ref at);
        var end = at;
        var quote = '\0';
        for (; end < text.Length && (quote != '\0' || text[end] != ']'); end++)
        {
            if (quote == '\0' && text[end] is '\'' or '"') quote = text[end];
            else if (text[end] == quote) quote = '\0';
        }

        if (end == text.Length) throw new FormatException("unterminated array");
        var inner = text[at..end].Trim();
        at = end + 1;
        if (inner == "*") return static (value, _) => Children(value);
        if (inner.Length > 1 && inner[0] is '\'' or '"' && inner[^1] == inner[0] && inner.IndexOf(inner[0], 1) == inner.Length - 1) return Field(inner[1..^1]);
        if (inner.Contains(',', StringComparison.Ordinal))
        {
            var parts = inner.Split(',').Select(part =>
            {
                var from = 1;
                return Bracket($"[{part.Trim()}]", ref from);
            }).ToList();
            return (value, root) => parts.SelectMany(part => part(value, root));
        }

        return Range(inner);
    }

    private static Step Range(string inner)
    {
        var parts = inner.Split(':');
        if (parts.Length > 3) throw new FormatException($"invalid array index {inner}");
        var numbers = parts.Select(part => part.Length == 0 ? (int?)null
            : int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
            : throw new FormatException($"invalid array index {inner}")).ToArray();
        if (numbers.Length == 1 && numbers[0] is { } index)
        {
            return (value, _) =>
            {
                var place = index < 0 ? value.Items.Length + index : index;
                return place >= 0 && place < value.Items.Length ? [value.Items[place]] : [];
            };
        }

        if (numbers.Length == 1) throw new FormatException($"invalid array index {inner}");
        return (value, _) =>
        {
            var items = value.Items.ToArray();
            var (from, to, step) = (numbers[0] ?? 0, numbers[1] ?? items.Length, numbers.Length > 2 ? Math.Max(numbers[2] ?? 1, 1) : 1);
            from = Math.Clamp(from < 0 ? items.Length + from : from, 0, items.Length);
            to = Math.Clamp(to < 0 ? items.Length + to : to, 0, items.Length);
            var found = new List<JsonValue>();
            for (var i = from; i < to; i += step) found.Add(items[i]);
            return found;
        };
    }

    // ?(@.type=="Ready"), ?(@.type)
    private static Step Filter(string text, ref int at)
    {
        at++;
        if (at >= text.Length || text[at] != '(') throw new FormatException("unterminated filter");
        at++;
        var left = Operand(text, ref at);
        Blanks(text, ref at);
        var from = at;
        while (at < text.Length && text[at] is '=' or '!' or '<' or '>') at++;
        var operation = text[from..at];
        var right = operation.Length == 0 ? null : Operand(text, ref at);
        Blanks(text, ref at);
        if (at + 1 >= text.Length || text[at] != ')' || text[at + 1] != ']') throw new FormatException("unterminated filter");
        at += 2;
        if (operation is not ("" or "==" or "!=" or "<" or "<=" or ">" or ">=")) throw new FormatException($"unrecognized filter operator {operation}");
        return (value, root) => (value.IsArray ? value.Items.ToArray() : [value]).Where(item =>
        {
            var found = left(item, root);
            if (right is null) return found is not null;
            return found is not null && right(item, root) is { } other && Holds(found, operation, other);
        });
    }

    private static Func<JsonValue, JsonValue, JsonValue?> Operand(string text, ref int at)
    {
        Blanks(text, ref at);
        if (at >= text.Length) throw new FormatException("unterminated filter");
        var from = at;
        if (text[at] is '\'' or '"')
        {
            var end = text.IndexOf(text[at], at + 1);
            if (end < 0) throw new FormatException("unterminated quoted string");
            at = end + 1;
            var literal = JsonValue.Of(text[(from + 1)..end]);
            return (_, _) => literal;
        }

        if (text[at] is '@' or '$' or '.')
        {
            var isRoot = text[at] == '$';
            var path = Parse(text, ref at);
            return (item, root) => path.Find(isRoot ? root : item, root) is [var first, ..] ? first : null;
        }

        while (at < text.Length && text[at] is not (')' or ' ' or '=' or '!' or '<' or '>')) at++;
        var word = text[from..at];
        var constant = word switch
        {
            "true" => JsonValue.True,
            "false" => JsonValue.False,
            _ when double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => JsonValue.Of(number),
            _ => throw new FormatException($"unrecognized identifier {word}"),
        };
        return (_, _) => constant;
    }

    private static bool Holds(JsonValue left, string operation, JsonValue right)
    {
        if (operation == "==") return left == right;
        if (operation == "!=") return left != right;
        int order;
        if (left.AsDouble is { } a && right.AsDouble is { } b) order = a.CompareTo(b);
        else if (left.AsString is { } s && right.AsString is { } t) order = string.CompareOrdinal(s, t);
        else return false;
        return operation switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 };
    }

    private static void Blanks(string text, ref int at)
    {
        while (at < text.Length && text[at] == ' ') at++;
    }

    private static Step Field(string name) => (value, _) => value[name] is { } below ? [below] : [];

    private static IEnumerable<JsonValue> Children(JsonValue value) =>
        value.IsArray ? value.Items.ToArray() : value.Members.ToArray().Select(member => member.Value);

    private static IEnumerable<JsonValue> Descendants(JsonValue value) => Children(value).SelectMany(Descendants).Prepend(value);
}
