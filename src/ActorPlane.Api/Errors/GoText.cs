using System.Globalization;
using System.Text;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Api;

/// <summary>Prints values as Go's <c>%q</c> and <c>%#v</c> do, since errors show them so.</summary>
public static class GoText
{
    /// <summary>A quoted text.</summary>
    public static string Quote(string text)
    {
        var result = new StringBuilder(text.Length + 2).Append('"');
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '"': result.Append("\\\""); break;
                case '\\': result.Append("\\\\"); break;
                case '\a': result.Append("\\a"); break;
                case '\b': result.Append("\\b"); break;
                case '\f': result.Append("\\f"); break;
                case '\n': result.Append("\\n"); break;
                case '\r': result.Append("\\r"); break;
                case '\t': result.Append("\\t"); break;
                case '\v': result.Append("\\v"); break;
                case < ' ' or '\x7f': result.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}"); break;
                case < '\x7f': result.Append((char)rune.Value); break;
                default:
                    if (IsPrintable(rune)) result.Append(rune);
                    else result.Append(rune.IsBmp ? $"\\u{rune.Value:x4}" : $"\\U{rune.Value:x8}");
                    break;
            }
        }

        return result.Append('"').ToString();
    }

    // As Go's unicode.IsPrint: letters, marks, numbers, punctuation, symbols.
    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);

    /// <summary>A map of texts.</summary>
    public static string Map(ValueMap<string> map) =>
        map.IsEmpty ? "map[string]string(nil)" : "map[string]string{" + string.Join(", ", map.Select(e => $"{Quote(e.Key)}:{Quote(e.Value)}")) + "}";

    /// <summary>A list of texts.</summary>
    public static string List(ValueList<string> list) =>
        list.IsEmpty ? "[]string(nil)" : "[]string{" + string.Join(", ", list.Select(Quote)) + "}";

    /// <summary>A label selector as its own <c>String()</c> prints it.</summary>
    public static string LabelSelector(LabelSelector selector)
    {
        var labels = string.Concat(selector.MatchLabels.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"{e.Key}: {e.Value},"));
        var expressions = string.Concat(selector.MatchExpressions.Select(e =>
            $"LabelSelectorRequirement{{Key:{e.Key},Operator:{e.Operator},Values:[{string.Join(' ', e.Values)}],}},"));
        return $"&LabelSelector{{MatchLabels:map[string]string{{{labels}}},MatchExpressions:[]LabelSelectorRequirement{{{expressions}}},}}";
    }

    /// <summary>A label selector.</summary>
    public static string Selector(LabelSelector selector)
    {
        var expressions = selector.MatchExpressions.IsEmpty
            ? "[]v1.LabelSelectorRequirement(nil)"
            : "[]v1.LabelSelectorRequirement{" + string.Join(", ", selector.MatchExpressions.Select(e =>
                $"v1.LabelSelectorRequirement{{Key:{Quote(e.Key ?? "")}, Operator:{Quote(e.Operator ?? "")}, Values:{List(e.Values)}}}")) + "}";
        return $"v1.LabelSelector{{MatchLabels:{Map(selector.MatchLabels)}, MatchExpressions:{expressions}}}";
    }
}
