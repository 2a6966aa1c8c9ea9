namespace ActorPlane.Api;

/// <summary>
/// Says what is wrong with broken JSON in the words that clients of a real API server know, those of Go's scanner
/// (<c>encoding/json/scanner.go</c>, which <c>sigs.k8s.io/json</c> shares). Used for refusals only; O(bytes).
/// </summary>
internal ref struct GoJsonSyntax
{
    private const string End = "unexpected end of JSON input";

    private readonly ReadOnlySpan<byte> _json;
    private int _at;

    private GoJsonSyntax(ReadOnlySpan<byte> json) => _json = json;

    /// <summary>The first error; null when the text is well formed, as Go sees it.</summary>
    public static string? Describe(ReadOnlySpan<byte> json)
    {
        var scanner = new GoJsonSyntax(json);
        var error = scanner.Value(0);
        if (error is not null) return error;
        return scanner.Peek() < 0 ? null : scanner.Invalid("after top-level value");
    }

    private string? Value(int depth)
    {
        // As deep as Go goes, which is deeper than anything here is read.
        if (depth > 10_000) return "exceeded max depth";
        switch (Peek())
        {
            case '{': return Members(depth);
            case '[': return Elements(depth);
            case '"': return Text();
            case 't': return Literal("true");
            case 'f': return Literal("false");
            case 'n': return Literal("null");
            case '-' or (>= '0' and <= '9'): return Number();
            default: return Invalid("looking for beginning of value");
        }
    }

    private string? Members(int depth)
    {
        _at++;
        if (Take('}')) return null;
        while (true)
        {
            if (Peek() != '"') return Invalid("looking for beginning of object key string");
            if (Text() is { } key) return key;
            if (!Take(':')) return Invalid("after object key");
            if (Value(depth + 1) is { } value) return value;
            if (Take('}')) return null;
            if (!Take(',')) return Invalid("after object key:value pair");
        }
    }

    private string? Elements(int depth)
    {
        _at++;
        if (Take(']')) return null;
        while (true)
        {
            if (Value(depth + 1) is { } value) return value;
            if (Take(']')) return null;
            if (!Take(',')) return Invalid("after array element");
        }
    }

    private string? Text()
    {
        _at++;
        while (_at < _json.Length)
        {
            var next = _json[_at];
            if (next < ' ') return Invalid("in string literal");
            _at++;
            if (next == '"') return null;
            if (next == '\\' && Escape() is { } error) return error;
        }

        return End;
    }

    private string? Escape()
    {
        if (_at >= _json.Length) return End;
        if (_json[_at] != 'u')
        {
            if (!"bfnrt\\/\""u8.Contains(_json[_at])) return Invalid("in string escape code");
            _at++;
            return null;
        }

        _at++;
        for (var end = _at + 4; _at < end; _at++)
        {
            if (_at >= _json.Length || !char.IsAsciiHexDigit((char)_json[_at])) return Invalid("in \\u hexadecimal character escape");
        }

        return null;
    }

    private string? Literal(string word)
    {
        for (var i = 1; i < word.Length; i++)
        {
            _at++;
            if (_at >= _json.Length || _json[_at] != word[i]) return Invalid($"in literal {word} (expecting '{word[i]}')");
        }

        _at++;
        return null;
    }

    private string? Number()
    {
        if (_json[_at] == '-')
        {
            _at++;
            if (!IsDigit()) return Invalid("in numeric literal");
        }

        // A number that begins with 0 ends there.
        if (_json[_at++] != '0') Digits();
        if (_at < _json.Length && _json[_at] == '.')
        {
            _at++;
            if (!IsDigit()) return Invalid("after decimal point in numeric literal");
            Digits();
        }

        if (_at < _json.Length && _json[_at] is (byte)'e' or (byte)'E')
        {
            _at++;
            if (_at < _json.Length && _json[_at] is (byte)'+' or (byte)'-') _at++;
            if (!IsDigit()) return Invalid("in exponent of numeric literal");
            Digits();
        }

        return null;
    }

    private readonly bool IsDigit() => _at < _json.Length && char.IsAsciiDigit((char)_json[_at]);

    private void Digits()
    {
        while (IsDigit()) _at++;
    }

    // The next byte that is no white space, -1 at the end.
    private int Peek()
    {
        while (_at < _json.Length && _json[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') _at++;
        return _at < _json.Length ? _json[_at] : -1;
    }

    private bool Take(char wanted)
    {
        if (Peek() != wanted) return false;
        _at++;
        return true;
    }

    private readonly string Invalid(string context) => _at < _json.Length ? $"invalid character {Quoted(_json[_at])} {context}" : End;

    // Go prints the byte as a rune of its own.
    private static string Quoted(byte value) => value switch
    {
        (byte)'\'' => @"'\''",
        (byte)'"' => "'\"'",
        (byte)'\\' => @"'\\'",
        (byte)'\n' => @"'\n'",
        (byte)'\r' => @"'\r'",
        (byte)'\t' => @"'\t'",
        < 0x20 or 0x7f or (>= 0x80 and < 0xa1) or 0xad => $@"'\x{value:x2}'",
        _ => $"'{(char)value}'",
    };
}
