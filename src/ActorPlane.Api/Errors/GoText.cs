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

    /// <summary>A list of texts, of Go's type <c>string</c> or of one that is a text by another name.</summary>
    public static string List(ValueList<string> list, string type = "string") =>
        list.IsEmpty ? $"[]{type}(nil)" : $"[]{type}{{" + string.Join(", ", list.Select(Quote)) + "}";

    /// <summary>An amount as its fields, which is how the real server shows it where it does not turn it into a text first.</summary>
    public static string Quantity(Quantity amount)
    {
        const string Suffixes = "num kMGTPE";
        var text = amount.ToString();
        var at = Suffixes.IndexOf(text[^1], StringComparison.Ordinal);
        var (value, scale) = amount.Format != QuantityFormat.DecimalSI ? (amount.Value.ToString(CultureInfo.InvariantCulture), 0)
            : at < 0 ? (text, 0) : (text[..^1], (at * 3) - 9);
        return $"resource.Quantity{{i:resource.int64Amount{{value:{value}, scale:{scale.ToString(CultureInfo.InvariantCulture)}}}, d:resource.infDecAmount{{Dec:(*inf.Dec)(nil)}}, "
            + $"s:{Quote(text)}, Format:{Quote(amount.Format.ToString())}}}";
    }

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
