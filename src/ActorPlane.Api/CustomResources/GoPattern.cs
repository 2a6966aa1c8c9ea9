using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;

namespace ActorPlane.Api;

/// <summary>
/// Patterns as Go has them (RE2), in .NET: matched in linear time, classes of characters mean ASCII, names of groups and POSIX classes are
/// rewritten.
/// </summary>
internal static class GoPattern
{
    private static readonly ConditionalWeakTable<JsonValue, Regex> Known = [];

    private static readonly (string Name, string Characters)[] PosixClasses =
    [
        ("[:alnum:]", "0-9A-Za-z"), ("[:alpha:]", "A-Za-z"), ("[:digit:]", "0-9"), ("[:lower:]", "a-z"), ("[:upper:]", "A-Z"),
        ("[:space:]", "\\t\\n\\v\\f\\r "), ("[:xdigit:]", "0-9A-Fa-f"), ("[:word:]", "0-9A-Za-z_"), ("[:punct:]", "!-/:-@\\[-`{-~"),
    ];

    /// <summary>Reads a pattern. Throws <see cref="ArgumentException"/> when it is none.</summary>
    public static Regex Parse(string pattern) => new(Rewrite(pattern), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>Whether a text matches the pattern that a node of a schema holds; one that cannot be read matches nothing.</summary>
    public static bool Matches(JsonValue pattern, string text)
    {
        try
        {
            return Known.GetValue(pattern, static node => Parse(node.AsString!)).IsMatch(text);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static string Rewrite(string pattern)
    {
        var result = new StringBuilder(pattern.Length + 16);
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var rest = pattern.AsSpan(i);
            if (rest[0] == '\\' && rest.Length > 1)
            {
                i += Escape(result, rest, inClass);
            }
            else if (inClass && rest.StartsWith("[:") && Posix(rest) is { Name.Length: > 0 } posix)
            {
                result.Append(posix.Characters);
                i += posix.Name.Length - 1;
            }
            else if (!inClass && rest.StartsWith("(?P<"))
            {
                result.Append("(?<");
                i += 3;
            }
            else
            {
                if (rest[0] == '[' && inClass) result.Append('\\');
                else if (rest[0] == '[') inClass = true;
                else if (rest[0] == ']' && inClass && pattern[i - 1] is not '[' && !(pattern[i - 1] == '^' && i > 1 && pattern[i - 2] == '[')) inClass = false;
                result.Append(rest[0]);
            }
        }

        return result.ToString();
    }

    private static int Escape(StringBuilder result, ReadOnlySpan<char> rest, bool inClass)
    {
        var characters = rest[1] switch { 'd' => "0-9", 'w' => "0-9A-Za-z_", 's' => "\\t\\n\\f\\r ", _ => null };
        var others = rest[1] switch { 'D' => "0-9", 'W' => "0-9A-Za-z_", 'S' => "\\t\\n\\f\\r ", _ => null };
        if (characters is not null) result.Append(inClass ? characters : $"[{characters}]");
        else if (others is not null && !inClass) result.Append("[^").Append(others).Append(']');
        else if (rest[1] is 'p' or 'P' && rest.Length > 2 && rest[2] != '{')
        {
            result.Append(rest[..2]).Append('{').Append(rest[2]).Append('}');
            return 2;
        }
        else
        {
            result.Append(rest[..2]);
        }

        return 1;
    }

    private static (string Name, string Characters) Posix(ReadOnlySpan<char> rest)
    {
        foreach (var known in PosixClasses)
        {
            if (rest.StartsWith(known.Name)) return known;
        }

        return ("", "");
    }
}
