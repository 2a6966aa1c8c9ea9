using System.Text;

namespace ActorPlane.Api;

/// <summary>
/// How rules name properties that are no identifiers: <c>a.b</c> is <c>a__dot__b</c>, <c>namespace</c> is <c>__namespace__</c>.
/// Source: k8s.io/apiserver/pkg/cel/escaping.go.
/// </summary>
internal static class CustomRuleNames
{
    private static readonly HashSet<string> Reserved =
    [
        "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package",
        "namespace", "return", "var", "void", "while",
    ];

    /// <summary>The identifier for a property; null when it has none.</summary>
    public static string? Escape(string name)
    {
        if (name.Length == 0 || char.IsAsciiDigit(name[0])) return null;
        if (Reserved.Contains(name)) return $"__{name}__";
        var result = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] == '_' && i + 1 < name.Length && name[i + 1] == '_')
            {
                result.Append("__underscores__");
                i++;
                continue;
            }

            if (name[i] == '.') result.Append("__dot__");
            else if (name[i] == '-') result.Append("__dash__");
            else if (name[i] == '/') result.Append("__slash__");
            else if (char.IsAsciiLetterOrDigit(name[i]) || name[i] == '_') result.Append(name[i]);
            else return null;
        }

        return result.ToString();
    }
}
