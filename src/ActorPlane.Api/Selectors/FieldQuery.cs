using System.Text;

namespace ActorPlane.Api;

/// <summary>
/// A parsed <c>fieldSelector</c> of a request: <c>metadata.name=web,status.phase!=Running</c>.
/// Source: staging/src/k8s.io/apimachinery/pkg/fields/selector.go.
/// </summary>
public sealed class FieldQuery
{
    /// <summary>Fits every object.</summary>
    public static readonly FieldQuery Everything = new([]);

    private readonly FieldRequirement[] _requirements;

    private FieldQuery(FieldRequirement[] requirements) => _requirements = requirements;

    /// <summary>Whether it fits every object.</summary>
    public bool IsEmpty => _requirements.Length == 0;

    /// <summary>What is required, in the order of the text.</summary>
    public IReadOnlyList<FieldRequirement> Requirements => _requirements;

    /// <summary>Reads a selector. Throws <see cref="FormatException"/> with the real server's text.</summary>
    public static FieldQuery Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return Everything;
        var requirements = new List<FieldRequirement>();
        foreach (var part in Split(text))
        {
            if (part.Length == 0) continue;
            requirements.Add(Term(part, text));
        }

        return new FieldQuery([.. requirements]);
    }

    /// <summary>Whether an object fits, given its values by field; a field that it does not have reads as the empty text.</summary>
    public bool Matches(Func<string, string?> valueOf)
    {
        foreach (var requirement in _requirements)
        {
            var same = string.Equals(valueOf(requirement.Field) ?? "", requirement.Value, StringComparison.Ordinal);
            if (same == requirement.Negated) return false;
        }

        return true;
    }

    /// <summary>The value that a field must have exactly; null when the query does not say.</summary>
    public string? Exact(string field) =>
        Array.Find(_requirements, r => !r.Negated && string.Equals(r.Field, field, StringComparison.Ordinal))?.Value;

    /// <summary>The text again.</summary>
    public override string ToString() => string.Join(",", (object[])_requirements);

    // Commas and equals signs inside a value are escaped by a backslash.
    private static IEnumerable<string> Split(string text)
    {
        var part = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
            {
                part.Append(text[i]).Append(text[++i]);
            }
            else if (text[i] == ',')
            {
                yield return part.ToString();
                part.Clear();
            }
            else
            {
                part.Append(text[i]);
            }
        }

        yield return part.ToString();
    }

    private static FieldRequirement Term(string part, string text)
    {
        for (var i = 0; i < part.Length; i++)
        {
            var rest = part.AsSpan(i);
            var length = rest.StartsWith("!=") || rest.StartsWith("==") ? 2 : rest[0] == '=' ? 1 : 0;
            if (length == 0) continue;
            return new FieldRequirement(part[..i], Unescape(part[(i + length)..]), rest[0] == '!');
        }

        throw new FormatException($"invalid selector: '{text}'; can't understand '{part}'");
    }

    private static string Unescape(string value)
    {
        var result = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\')
            {
                if (i + 1 == value.Length || value[i + 1] is not ('\\' or ',' or '='))
                {
                    throw new FormatException($"invalid field selector: invalid escape sequence: \\{(i + 1 == value.Length ? "" : value[i + 1])}");
                }

                result.Append(value[++i]);
            }
            else if (value[i] is '=' or ',')
            {
                throw new FormatException($"invalid field selector: unescaped rune: {value[i]}");
            }
            else
            {
                result.Append(value[i]);
            }
        }

        return result.ToString();
    }
}
