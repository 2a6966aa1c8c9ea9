using System.Globalization;
using System.Text;

namespace ActorPlane.Api.Cel;

/// <summary>Splits the source of an expression into tokens. Source: cel-spec/doc/langdef.md (lexis), cel-go/parser/unescape.go.</summary>
internal static class CelLexer
{
    internal enum Kind
    {
        End,
        Ident,
        Int,
        Uint,
        Double,
        String,
        Bytes,

        /// <summary>Punctuation, an operator, or one of <c>in true false null</c>.</summary>
        Symbol,
    }

    /// <param name="Kind">What it is.</param>
    /// <param name="Position">Where it begins.</param>
    /// <param name="Text">As it is written.</param>
    internal readonly record struct Token(Kind Kind, int Position, string Text)
    {
        public bool Is(string symbol) => Kind == Kind.Symbol && Text == symbol;

        /// <summary>As syntax errors name it.</summary>
        public string Shown => Kind == Kind.End ? "<EOF>" : Text;
    }

    private static readonly string[] Symbols = ["&&", "||", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ".", ",", "(", ")", "[", "]", "{", "}"];

    /// <summary>The tokens, closed by the end; what is none is told and left out.</summary>
    public static List<Token> Read(string source, List<CelIssue> issues)
    {
        var tokens = new List<Token>();
        var i = 0;
        while (i < source.Length)
        {
            var c = source[i];
            if (c is ' ' or '\t' or '\n' or '\r' or '\f')
            {
                i++;
                continue;
            }

            if (c == '/' && i + 1 < source.Length && source[i + 1] == '/')
            {
                while (i < source.Length && source[i] != '\n') i++;
                continue;
            }

            var length = TextLength(source, i, out var isBytes);
            if (length > 0) tokens.Add(new Token(isBytes ? Kind.Bytes : Kind.String, i, source.Substring(i, length)));
            else if (char.IsAsciiDigit(c) || (c == '.' && i + 1 < source.Length && char.IsAsciiDigit(source[i + 1]))) tokens.Add(Number(source, i, out length));
            else if (char.IsAsciiLetter(c) || c == '_') tokens.Add(Word(source, i, out length));
            else if (Array.Find(Symbols, symbol => string.CompareOrdinal(source, i, symbol, 0, symbol.Length) == 0) is { } found)
            {
                tokens.Add(new Token(Kind.Symbol, i, found));
                length = found.Length;
            }
            else
            {
                length = char.IsHighSurrogate(c) && i + 1 < source.Length ? 2 : 1;
                issues.Add(new CelIssue(i, $"Syntax error: token recognition error at: '{source.Substring(i, length)}'"));
            }

            i += length;
        }

        tokens.Add(new Token(Kind.End, source.Length, ""));
        return tokens;
    }

    private static Token Word(string source, int start, out int length)
    {
        var end = start;
        while (end < source.Length && (char.IsAsciiLetterOrDigit(source[end]) || source[end] == '_')) end++;
        length = end - start;
        var text = source.Substring(start, length);
        return new Token(text is "in" or "true" or "false" or "null" ? Kind.Symbol : Kind.Ident, start, text);
    }

    private static Token Number(string source, int start, out int length)
    {
        var end = start;
        var kind = Kind.Int;
        if (source[end] == '0' && end + 2 < source.Length && source[end + 1] is 'x' or 'X' && char.IsAsciiHexDigit(source[end + 2]))
        {
            end += 2;
            while (end < source.Length && char.IsAsciiHexDigit(source[end])) end++;
        }
        else
        {
            Digits();
            if (end + 1 < source.Length && source[end] == '.' && char.IsAsciiDigit(source[end + 1]))
            {
                kind = Kind.Double;
                end++;
                Digits();
            }

            if (end < source.Length && source[end] is 'e' or 'E')
            {
                var digits = end + 1 < source.Length && source[end + 1] is '+' or '-' ? end + 2 : end + 1;
                if (digits < source.Length && char.IsAsciiDigit(source[digits]))
                {
                    kind = Kind.Double;
                    end = digits;
                    Digits();
                }
            }
        }

        if (kind == Kind.Int && end < source.Length && source[end] is 'u' or 'U')
        {
            kind = Kind.Uint;
            end++;
        }

        length = end - start;
        return new Token(kind, start, source.Substring(start, length));

        void Digits()
        {
            while (end < source.Length && char.IsAsciiDigit(source[end])) end++;
        }
    }

    // The length of a text or of bytes that begin here; 0 when neither does, or it does not end.
    private static int TextLength(string source, int start, out bool isBytes)
    {
        isBytes = false;
        var i = start;
        var isRaw = false;
        for (; i < source.Length && i < start + 2 && source[i] is 'r' or 'R' or 'b' or 'B'; i++)
        {
            if (source[i] is 'r' or 'R' ? isRaw : isBytes) return 0;
            if (source[i] is 'r' or 'R') isRaw = true;
            else isBytes = true;
        }

        if (i >= source.Length || source[i] is not ('"' or '\'')) return 0;
        var quote = source[i];
        var isLong = i + 2 < source.Length && source[i + 1] == quote && source[i + 2] == quote;
        var close = isLong ? new string(quote, 3) : quote.ToString();
        for (i += close.Length; i < source.Length; i++)
        {
            if (string.CompareOrdinal(source, i, close, 0, close.Length) == 0) return i + close.Length - start;
            if (!isLong && source[i] is '\n' or '\r') return 0;
            if (source[i] == '\\' && !isRaw) i++;
        }

        return 0;
    }

    /// <summary>What a token of text or bytes says, in UTF-8; an issue's text when its escapes are wrong.</summary>
    public static byte[]? Unescape(string token, bool isBytes, out string? wrong)
    {
        wrong = null;
        var isRaw = false;
        var i = 0;
        for (; token[i] is not ('"' or '\''); i++) isRaw |= token[i] is 'r' or 'R';
        var quotes = token.Length - i >= 6 && token[i + 1] == token[i] && token[i + 2] == token[i] ? 3 : 1;
        var body = token[(i + quotes)..^quotes].Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        if (isRaw || !body.Contains('\\', StringComparison.Ordinal)) return Encoding.UTF8.GetBytes(body);
        var result = new MemoryStream(body.Length);
        for (var at = 0; at < body.Length; at++)
        {
            if (body[at] != '\\')
            {
                var runeLength = char.IsHighSurrogate(body[at]) && at + 1 < body.Length ? 2 : 1;
                result.Write(Encoding.UTF8.GetBytes(body, at, runeLength));
                at += runeLength - 1;
                continue;
            }

            at++;
            var c = at < body.Length ? body[at] : '\0';
            var plain = c switch { 'a' => '\a', 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', 'v' => '\v', '\\' => '\\', '\'' => '\'', '"' => '"', '`' => '`', '?' => '?', _ => '\0' };
            if (plain != '\0')
            {
                result.WriteByte((byte)plain);
                continue;
            }

            var (skip, digits, radix) = c switch { 'x' or 'X' => (1, 2, 16), 'u' => (1, 4, 16), 'U' => (1, 8, 16), >= '0' and <= '3' => (0, 3, 8), _ => (0, 0, 0) };
            if (digits == 0 || (isBytes && c is 'u' or 'U') || !TryCode(body, at + skip, digits, radix, out var code))
            {
                wrong = "unable to unescape string";
                return null;
            }

            at += skip + digits - 1;
            if (isBytes) result.WriteByte((byte)code);
            else if (Rune.IsValid(code)) result.Write(Encoding.UTF8.GetBytes(new Rune(code).ToString()));
            else
            {
                wrong = "invalid unicode code point";
                return null;
            }
        }

        return result.ToArray();
    }

    private static bool TryCode(string text, int start, int digits, int radix, out int code)
    {
        code = 0;
        if (start + digits > text.Length) return false;
        long value = 0;
        for (var i = start; i < start + digits; i++)
        {
            if (!char.IsAsciiHexDigit(text[i]) || (radix == 8 && text[i] > '7')) return false;
            value = (value * radix) + int.Parse(text.AsSpan(i, 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }

        code = (int)Math.Min(value, int.MaxValue);
        return true;
    }
}
