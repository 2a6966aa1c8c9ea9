using System.Globalization;
using System.Text;
using Error = ActorPlane.Api.Cel.CelValue.Error;
using Text = ActorPlane.Api.Cel.CelValue.Text;

namespace ActorPlane.Api.Cel;

/// <summary>
/// Functions of texts. Places are counted in code points. Source: cel-go/ext/strings.go (version 2), cel-go/ext/formatting.go.
/// </summary>
internal static class CelStrings
{
    /// <summary>How long a text may get that a function makes, in UTF-16 units.</summary>
    public const int MostCharacters = 16 * 1024 * 1024;

    /// <summary>The result of a function of texts; null when it is another or the arguments do not fit.</summary>
    public static CelValue? Call(string function, CelValue[] args) => (function, args) switch
    {
        ("contains", [Text a, Text b]) => CelValue.Bool.Of(a.Value.Contains(b.Value, StringComparison.Ordinal)),
        ("startsWith", [Text a, Text b]) => CelValue.Bool.Of(a.Value.StartsWith(b.Value, StringComparison.Ordinal)),
        ("endsWith", [Text a, Text b]) => CelValue.Bool.Of(a.Value.EndsWith(b.Value, StringComparison.Ordinal)),
        ("charAt", [Text a, CelValue.Int at]) => at.Value == a.Size ? new Text("") : Part(a, at.Value, at.Value + 1, $"index out of range: {at.Value}"),
        ("indexOf", [Text a, Text b]) => IndexOf(a, b, 0),
        ("indexOf", [Text a, Text b, CelValue.Int from]) => IndexOf(a, b, from.Value),
        ("lastIndexOf", [Text a, Text b]) => LastIndexOf(a, b, null),
        ("lastIndexOf", [Text a, Text b, CelValue.Int from]) => LastIndexOf(a, b, from.Value),
        ("lowerAscii", [Text a]) => new Text(Map(a.Value, char.ToLowerInvariant)),
        ("upperAscii", [Text a]) => new Text(Map(a.Value, char.ToUpperInvariant)),
        ("replace", [Text a, Text old, Text by]) => Replace(a.Value, old.Value, by.Value, -1),
        ("replace", [Text a, Text old, Text by, CelValue.Int count]) => Replace(a.Value, old.Value, by.Value, count.Value),
        ("split", [Text a, Text by]) => Split(a.Value, by.Value, -1),
        ("split", [Text a, Text by, CelValue.Int count]) => Split(a.Value, by.Value, count.Value),
        ("substring", [Text a, CelValue.Int from]) => Part(a, from.Value, a.Size, $"index out of range: {from.Value}"),
        ("substring", [Text a, CelValue.Int from, CelValue.Int to]) =>
            from.Value > to.Value ? new Error($"invalid substring range. start: {from.Value}, end: {to.Value}")
            : Part(a, from.Value, to.Value, $"index out of range: {(from.Value < 0 || from.Value > a.Size ? from.Value : to.Value)}"),
        ("trim", [Text a]) => new Text(a.Value.Trim()),
        ("join", [CelList list]) => Join(list, ""),
        ("join", [CelList list, Text by]) => Join(list, by.Value),
        ("strings.quote", [Text a]) => new Text(Quote(a.Value)),
        ("format", [Text a, CelList values]) => Format(a.Value, values),
        _ => null,
    };

    /// <summary>An error when a text would get too long; null when it does not.</summary>
    public static Error? Limited(long length) => length > MostCharacters ? new Error("result is too long") : null;

    // The index of a UTF-16 unit, of that of a code point.
    private static int UnitAt(Text text, long at)
    {
        if (text.Size == text.Value.Length) return (int)at;
        var unit = 0;
        for (long i = 0; i < at; i++) unit += char.IsHighSurrogate(text.Value[unit]) ? 2 : 1;
        return unit;
    }

    private static long PointAt(Text text, int unit)
    {
        if (unit < 0 || text.Size == text.Value.Length) return unit;
        long points = 0;
        for (var i = 0; i < unit; i++) points += char.IsLowSurrogate(text.Value[i]) ? 0 : 1;
        return points;
    }

    private static CelValue Part(Text text, long from, long to, string error) =>
        from < 0 || from > text.Size || to < 0 || to > text.Size ? new Error(error) : new Text(text.Value[UnitAt(text, from)..UnitAt(text, to)]);

    private static CelValue IndexOf(Text text, Text part, long from)
    {
        if (part.Value.Length == 0) return new CelValue.Int(from);
        if (from < 0) return new Error($"index out of range: {from}");
        return from >= text.Size ? new CelValue.Int(-1) : new CelValue.Int(PointAt(text, text.Value.IndexOf(part.Value, UnitAt(text, from), StringComparison.Ordinal)));
    }

    private static CelValue LastIndexOf(Text text, Text part, long? from)
    {
        if (from is < 0 || from >= text.Size) return part.Value.Length == 0 && from == text.Size ? new CelValue.Int(text.Size) : new Error($"index out of range: {from}");
        if (part.Value.Length == 0) return new CelValue.Int(from ?? text.Size);
        var last = text.Value.Length - part.Value.Length;
        if (from is { } limit) last = Math.Min(last, UnitAt(text, limit));
        for (var i = last; i >= 0; i--)
        {
            if (string.CompareOrdinal(text.Value, i, part.Value, 0, part.Value.Length) == 0) return new CelValue.Int(PointAt(text, i));
        }

        return new CelValue.Int(-1);
    }

    private static string Map(string text, Func<char, char> map) =>
        string.Create(text.Length, (text, map), static (result, state) =>
        {
            for (var i = 0; i < result.Length; i++) result[i] = char.IsAscii(state.text[i]) ? state.map(state.text[i]) : state.text[i];
        });

    private static CelValue Replace(string text, string old, string by, long count)
    {
        if (count == 0 || old == by) return new Text(text);
        if (Limited(old.Length == 0 ? text.Length + ((text.Length + 1L) * by.Length) : text.Length + (text.Length / old.Length * (long)by.Length)) is not null)
        {
            // Only now is it worth counting what there is to replace.
            long found = 0;
            for (var at = 0; old.Length > 0 && (at = text.IndexOf(old, at, StringComparison.Ordinal)) >= 0; at += old.Length) found++;
            if (old.Length == 0) found = text.Length + 1L;
            if (count > 0) found = Math.Min(found, count);
            if (Limited(text.Length + (found * ((long)by.Length - old.Length))) is { } tooLong) return tooLong;
        }

        if (count < 0) count = long.MaxValue;
        var result = new StringBuilder(text.Length);
        if (old.Length == 0)
        {
            foreach (var rune in text.EnumerateRunes())
            {
                if (count-- > 0) result.Append(by);
                result.Append(rune);
            }

            return new Text(result.Append(count > 0 ? by : "").ToString());
        }

        var start = 0;
        while (count-- > 0 && text.IndexOf(old, start, StringComparison.Ordinal) is >= 0 and var next)
        {
            result.Append(text, start, next - start).Append(by);
            start = next + old.Length;
        }

        return new Text(result.Append(text, start, text.Length - start).ToString());
    }

    private static CelList Split(string text, string by, long count)
    {
        var parts = new List<CelValue>();
        if (count == 0) return CelList.Empty;
        if (count < 0) count = long.MaxValue;
        if (by.Length == 0)
        {
            var at = 0;
            foreach (var rune in text.EnumerateRunes())
            {
                if (parts.Count + 1 >= count) break;
                parts.Add(new Text(rune.ToString()));
                at += rune.Utf16SequenceLength;
            }

            if (at < text.Length) parts.Add(new Text(text[at..]));
            return CelList.Of(parts);
        }

        var start = 0;
        while (parts.Count + 1 < count && text.IndexOf(by, start, StringComparison.Ordinal) is >= 0 and var next)
        {
            parts.Add(new Text(text[start..next]));
            start = next + by.Length;
        }

        parts.Add(new Text(text[start..]));
        return CelList.Of(parts);
    }

    private static CelValue Join(CelList list, string by)
    {
        var parts = new string[list.Count];
        long length = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            if (list[i] is not Text text) return Error.NoOverload;
            parts[i] = text.Value;
            length += text.Value.Length + by.Length;
        }

        return Limited(length) ?? (CelValue)new Text(string.Join(by, parts));
    }

    private static string Quote(string text)
    {
        var result = new StringBuilder("\"");
        foreach (var c in text)
        {
            var escape = c switch { '\a' => "\\a", '\b' => "\\b", '\f' => "\\f", '\n' => "\\n", '\r' => "\\r", '\t' => "\\t", '\v' => "\\v", '\\' => "\\\\", '"' => "\\\"", _ => null };
            if (escape is null) result.Append(c);
            else result.Append(escape);
        }

        return result.Append('"').ToString();
    }

    private static CelValue Format(string format, CelList values)
    {
        var result = new StringBuilder();
        var used = 0;
        for (var i = 0; i < format.Length; i++)
        {
            if (result.Length > MostCharacters) return new Error("result is too long");
            if (format[i] != '%')
            {
                result.Append(format[i]);
                continue;
            }

            i++;
            if (i < format.Length && format[i] == '%')
            {
                result.Append('%');
                continue;
            }

            int? precision = null;
            if (i < format.Length && format[i] == '.')
            {
                var end = i + 1;
                while (end < format.Length && char.IsAsciiDigit(format[end])) end++;
                if (end == i + 1 || end - i > 4) return new Error("could not parse formatting clause: error while parsing precision");
                precision = int.Parse(format.AsSpan(i + 1, end - i - 1), CultureInfo.InvariantCulture);
                i = end;
            }

            if (i >= format.Length) return new Error("could not parse formatting clause: unexpected end of string");
            if (used >= values.Count) return new Error($"index {used} out of range");
            if (Clause(format[i], precision, values[used++]) is not { } clause) return new Error($"could not parse formatting clause: no formatting function for verb '{format[i]}' and this type");
            result.Append(clause);
        }

        return new Text(result.ToString());
    }

    private static string? Clause(char verb, int? precision, CelValue value) => (verb, value) switch
    {
        ('s', _) => CelText.Show(value),
        ('d', CelValue.Int or CelValue.Uint) => CelText.Show(value),
        ('f', CelValue.Double number) => number.Value.ToString("F" + (precision ?? 6), CultureInfo.InvariantCulture),
        ('f', CelValue.Int number) => number.Value.ToString("F" + (precision ?? 6), CultureInfo.InvariantCulture),
        ('e', CelValue.Double number) => Exponent(number.Value, precision ?? 6),
        ('e', CelValue.Int number) => Exponent(number.Value, precision ?? 6),
        ('b', CelValue.Bool flag) => flag.Value ? "1" : "0",
        ('b', CelValue.Int number) => Signed(number.Value, 2),
        ('b', CelValue.Uint number) => Convert.ToString(unchecked((long)number.Value), 2),
        ('o', CelValue.Int number) => Signed(number.Value, 8),
        ('o', CelValue.Uint number) => Convert.ToString(unchecked((long)number.Value), 8),
        ('x' or 'X', CelValue.Int number) => Case(Signed(number.Value, 16), verb),
        ('x' or 'X', CelValue.Uint number) => Case(Convert.ToString(unchecked((long)number.Value), 16), verb),
        ('x' or 'X', Text text) => Case(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text.Value)), verb),
        ('x' or 'X', CelValue.Bytes bytes) => Case(Convert.ToHexStringLower(bytes.Value), verb),
        _ => null,
    };

    private static string Exponent(double value, int precision)
    {
        var text = value.ToString("e" + precision, CultureInfo.InvariantCulture);
        var at = text.IndexOf('e', StringComparison.Ordinal);
        return at < 0 ? text : $"{text[..(at + 2)]}{text[(at + 2)..].TrimStart('0').PadLeft(2, '0')}";
    }

    private static string Signed(long value, int radix) => value < 0 ? "-" + Convert.ToString(unchecked(-value), radix) : Convert.ToString(value, radix);

    private static string Case(string text, char verb) => verb == 'X' ? text.ToUpperInvariant() : text;
}
