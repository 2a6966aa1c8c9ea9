using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace ActorPlane.Api.Cel;

/// <summary>
/// Functions of regular expressions, which match in linear time. Source: k8s.io/apiserver/pkg/cel/library/regex.go,
/// cel-go/common/stdlib (matches).
/// </summary>
internal static class CelPatterns
{
    /// <summary>Reads a pattern.</summary>
    public static bool TryParse(string pattern, [NotNullWhen(true)] out Regex? regex, [NotNullWhen(false)] out string? error)
    {
        try
        {
            regex = GoPattern.Parse(pattern);
            error = null;
            return true;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            regex = null;
            error = $"error parsing regexp: {e.Message}";
            return false;
        }
    }

    /// <summary>The result of a function of patterns; null when it is another or the arguments do not fit.</summary>
    public static CelValue? Call(string function, CelValue[] args, CelEvaluator evaluator)
    {
        if (function is not ("matches" or "find" or "findAll") || args is not [CelValue.Text text, CelValue.Text pattern, ..]) return null;
        if (evaluator.Pattern(pattern.Value, out var error) is not { } regex)
            return new CelValue.Error(function == "matches" ? error! : $"Illegal regex: {error}");
        switch (function)
        {
            case "matches": return CelValue.Bool.Of(regex.IsMatch(text.Value));
            case "find": return new CelValue.Text(regex.Match(text.Value).Value);
        }

        var most = args.Length == 3 ? args[2] is CelValue.Int limit ? limit.Value : 0 : -1;
        var found = new List<CelValue>();
        for (var match = regex.Match(text.Value); match.Success && found.Count != most; match = match.NextMatch()) found.Add(new CelValue.Text(match.Value));
        return CelList.Of(found);
    }
}
