using System.Text;

namespace ActorPlane.Api;

/// <summary>
/// The path of a field that a rule names: <c>.a.b</c>, <c>.a['b.c']</c>; no indexes of lists.
/// Source: apiextensions-apiserver/pkg/apiserver/schema/cel/validation.go (ValidFieldPath).
/// </summary>
internal static class CustomRulePath
{
    /// <summary>The path as errors write it; null when it is empty or names nothing that the schema has.</summary>
    public static string? Normalize(string path, JsonValue schema)
    {
        if (path.Length == 0) return null;
        var result = FieldPath.Root;
        for (var i = 0; i < path.Length;)
        {
            string? name;
            if (path[i] == '.')
            {
                var end = path.AsSpan(i + 1).IndexOfAny('.', '[', ']') is >= 0 and var length ? i + 1 + length : path.Length;
                name = path[(i + 1)..end];
                i = end;
            }
            else if (path[i] == '[' && i + 1 < path.Length && path[i + 1] == '\'')
            {
                var end = i + 2;
                while (end < path.Length && (path[end] != '\'' || path[end - 1] == '\\')) end++;
                name = end + 1 < path.Length && path[end + 1] == ']' ? Unescape(path[(i + 2)..end]) : null;
                i = end + 2;
            }
            else
            {
                return null;
            }

            if (string.IsNullOrEmpty(name)) return null;
            if (schema["properties"] is { } properties)
            {
                if (properties[name] is not { } below) return null;
                (result, schema) = (result.Child(name), below);
            }
            else if (schema["additionalProperties"] is { IsObject: true } values)
            {
                (result, schema) = (result.Key(name), values);
            }
            else
            {
                return null;
            }
        }

        return result.ToString();
    }

    private static string? Unescape(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                result.Append(text[i]);
                continue;
            }

            i++;
            var plain = i < text.Length ? text[i] switch { 'a' => '\a', 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', 'v' => '\v', '\'' => '\'', '\\' => '\\', _ => '\0' } : '\0';
            if (plain == '\0') return null;
            result.Append(plain);
        }

        return result.ToString();
    }
}
