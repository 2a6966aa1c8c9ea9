using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>
/// Reads HOCON text into a tree. Follows the HOCON specification (github.com/lightbend/config, HOCON.md) where Akka.NET does:
/// substitutions see only the text that they stand in, <c>include</c> is refused, and a missing or surplus closing brace at the
/// very end is forgiven.
/// </summary>
internal sealed class HoconParser
{
    private readonly string _text;
    private readonly HoconResolver _resolver;
    private int _at;

    private HoconParser(string text)
    {
        _text = text;
        _resolver = new HoconResolver(Error);
    }

    /// <exception cref="ConfigurationException">The text is not HOCON, or a reference in it leads nowhere. The message names line and column.</exception>
    internal static HoconRoot Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new HoconParser(text).ParseRoot();
    }

    private HoconRoot ParseRoot()
    {
        var root = new HoconObject();
        SkipBlank();
        if (Peek() == '[')
            throw Error("The outermost value must be an object, not an array", _at);
        if (Peek() == '{')
        {
            _at++;
            ParseFields(root, [], untilBrace: true);
        }
        else
        {
            ParseFields(root, [], untilBrace: false);
        }

        for (SkipBlank(); Peek() == '}'; SkipBlank())
            _at++;
        if (_at < _text.Length)
            throw Error("Unexpected text after the closing brace", _at);
        return _resolver.Resolve(root);
    }

    /// <summary>Reads fields up to the closing brace (which is consumed) or the end of the text.</summary>
    private void ParseFields(HoconObject owner, List<string> path, bool untilBrace)
    {
        while (true)
        {
            SkipBlank();
            if (Peek() == ',')
            {
                _at++;
                continue;
            }

            if (_at >= _text.Length)
                return;
            if (Peek() == '}')
            {
                if (untilBrace)
                    _at++;
                return;
            }

            ParseField(owner, path);
            EndOfField();
        }
    }

    private void ParseField(HoconObject owner, List<string> path)
    {
        if (IsInclude())
            throw Error("'include' is not supported: join configurations with WithFallback", _at);

        var depth = path.Count;
        var keys = ParseKey();
        HoconValue value = null!;
        for (var i = 0; i < keys.Count; i++)
        {
            path.Add(keys[i]);
            value = owner.GetOrCreateKey(keys[i]);
            if (i < keys.Count - 1)
                owner = ObjectIn(value, owner, keys[i]);
        }

        SkipBlank();
        switch (Peek())
        {
            case '{':
                _at++;
                ParseFields(ObjectIn(value, owner, keys[^1]), path, untilBrace: true);
                break;
            case '+' when Peek(1) == '=':
                ParseAppend(value, owner, keys[^1], path);
                break;
            case '=' or ':':
                _at++;
                ParseAssigned(value, owner, keys[^1], path);
                break;
            default:
                throw Error("Expected '=', ':', '+=' or '{' after the key " + string.Join('.', path), _at);
        }

        path.RemoveRange(depth, path.Count - depth);
    }

    /// <summary>The object that the value holds; one is made if it holds none. A reference may yet turn out to be an object: it stays.</summary>
    private HoconObject ObjectIn(HoconValue value, HoconObject owner, string key)
    {
        if (value.Values.Count > 0 && value.Values[^1] is HoconObject existing)
            return existing;
        var made = new HoconObject();
        if (value.Values.Exists(piece => piece is HoconSubstitution))
        {
            _resolver.MergesIntoReference(value, owner, key);
            value.AppendValue(made);
        }
        else
        {
            value.NewValue(made);
        }

        return made;
    }

    private void ParseAppend(HoconValue value, HoconObject owner, string key, List<string> path)
    {
        var start = _at;
        _at += 2;
        if (value.IsObject() || (value.Values.Count > 0 && value.IsString() && value.GetString() != null))
            throw Error("'+=' needs a list on its left", start);
        var element = new HoconValue();
        SkipBlank();
        ParseValue(element, path, self: null);
        if (value.IsString())
            value.Clear();
        if (value.Values.Exists(piece => piece is HoconSubstitution))
            _resolver.HoldsReference(value, owner, key, null);
        value.AppendValue(new HoconArray { element });
        _resolver.Element(element);
    }

    private void ParseAssigned(HoconValue value, HoconObject owner, string key, List<string> path)
    {
        SkipBlank();
        var earlier = value.Values.Count == 0 ? null : new HoconValue([.. value.Values], adoptedFromFallback: false);
        var assigned = new HoconValue();
        ParseValue(assigned, path, new SelfReference(earlier));

        if (assigned.Values is [HoconObject added] && earlier != null)
        {
            // An object does not replace an object but is merged into it.
            if (earlier.Values[^1] is HoconObject existing)
            {
                value.Replace([.. earlier.Values[..^1], HoconObject.OverriddenBy(existing, added)]);
                return;
            }

            if (earlier.Values.Exists(piece => piece is HoconSubstitution))
            {
                _resolver.MergesIntoReference(value, owner, key);
                value.AppendValue(added);
                return;
            }
        }

        value.Replace(assigned.Values);
        if (value.Values.Exists(piece => piece is HoconSubstitution))
            _resolver.HoldsReference(value, owner, key, earlier);
    }

    /// <summary>What the field that is being read meant before: references to the field itself mean that.</summary>
    private sealed record SelfReference(HoconValue? Earlier);

    /// <summary>Reads pieces up to the end of the line, a comma or a closing bracket.</summary>
    private void ParseValue(HoconValue owner, List<string> path, SelfReference? self)
    {
        var start = _at;
        while (true)
        {
            var blank = TakeInlineBlank();
            if (EndsValue())
                break;
            // White space between pieces of text belongs to the text; between objects and arrays it means nothing.
            if (blank.Length > 0 && owner.Values is [.., HoconLiteral or HoconSubstitution] && Peek() is not ('{' or '['))
                owner.AppendValue(new HoconLiteral { Value = blank });

            switch (Peek())
            {
                case '{':
                    _at++;
                    var fields = new HoconObject();
                    ParseFields(fields, path, untilBrace: true);
                    if (owner.Values is [.., HoconObject left])
                        owner.Values[^1] = HoconObject.OverriddenBy(left, fields);
                    else
                        owner.AppendValue(fields);
                    break;
                case '[':
                    owner.AppendValue(ParseArray(path));
                    break;
                case '"':
                    owner.AppendValue(new HoconLiteral { Value = ParseQuoted() });
                    break;
                case '$' when Peek(1) == '{':
                    owner.AppendValue(ParseSubstitution(path, self));
                    break;
                default:
                    owner.AppendValue(new HoconLiteral { Value = ParseUnquoted() });
                    break;
            }
        }

        if (owner.Values.Count == 0)
            throw Error("Expected a value", start);
        var kinds = owner.Values.Where(piece => piece is not HoconSubstitution).Select(piece => piece is HoconObject ? 'o' : piece is HoconArray ? 'a' : 's').Distinct();
        if (kinds.Count() > 1)
            throw Error("Objects, arrays and text cannot be joined with each other", start);
    }

    private HoconArray ParseArray(List<string> path)
    {
        var start = _at++;
        var array = new HoconArray();
        while (true)
        {
            SkipBlank();
            switch (Peek())
            {
                case ']':
                    _at++;
                    return array;
                case ',':
                    _at++;
                    continue;
                case '\0' when _at >= _text.Length:
                    throw Error("This array is not closed", start);
            }

            var element = new HoconValue();
            ParseValue(element, path, self: null);
            _resolver.Element(element);
            array.Add(element);
            TakeInlineBlank();
            if (Peek() is not (',' or ']' or '\n' or '\r') && !IsComment() && _at < _text.Length)
                throw Error($"Unexpected '{Peek()}' in an array", _at);
        }
    }

    private HoconSubstitution ParseSubstitution(List<string> fieldPath, SelfReference? self)
    {
        var start = _at;
        var end = _text.IndexOf('}', _at);
        if (end < 0 || _text.AsSpan(start, end - start).Contains('\n'))
            throw Error("This substitution is not closed", start);
        var path = _text[(start + 2)..end].Trim();
        _at = end + 1;
        if (path.TrimStart('?').Length == 0)
            throw Error("A substitution needs a path", start);

        var substitution = new HoconSubstitution(path) { Position = start };
        var field = self == null ? "" : string.Join('.', fieldPath.Select(HoconText.QuoteKey));
        if (self != null && (substitution.Path == field || substitution.Path.StartsWith(field + ".", StringComparison.Ordinal)))
        {
            substitution.IsSelfReference = true;
            substitution.EarlierSelf = substitution.Path == field ? self.Earlier : HoconResolver.Find(self.Earlier, substitution.Path[(field.Length + 1)..]);
        }

        _resolver.Add(substitution);
        return substitution;
    }

    private List<string> ParseKey()
    {
        var start = _at;
        var keys = new List<string>();
        var part = new StringBuilder();
        var quoted = false;
        while (true)
        {
            var c = Peek();
            if (c == '"')
            {
                part.Append(ParseQuoted());
                quoted = true;
            }
            else if (c is '.' or '=' or ':' or '{' || (c == '+' && Peek(1) == '='))
            {
                var key = quoted ? part.ToString() : part.ToString().Trim();
                if (key.Length == 0 && !quoted)
                    throw Error("Expected a key", start);
                keys.Add(quoted ? key.TrimEnd() : key);
                part.Clear();
                quoted = false;
                if (c != '.')
                    return keys;
                _at++;
            }
            else if (_at >= _text.Length || c is '\n' or '\r' || HoconText.NotUnquoted.Contains(c) || IsComment())
            {
                if (_at >= _text.Length || c is '\n' or '\r' || IsComment())
                {
                    // "key" and "{" may stand on different lines.
                    var end = _at;
                    SkipBlank();
                    if (Peek() is '{' or '=' or ':')
                        continue;
                    throw Error($"Expected '=' or '{{' after '{_text[start..end].Trim()}'", end);
                }

                throw Error($"'{c}' must be quoted in a key", _at);
            }
            else
            {
                if (!quoted || !char.IsWhiteSpace(c))
                    part.Append(c);
                _at++;
            }
        }
    }

    private string ParseUnquoted()
    {
        var start = _at;
        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]) && !IsComment() && !HoconText.NotUnquoted.Contains(_text[_at]))
            _at++;
        return _at > start ? _text[start.._at] : throw Error($"'{Peek()}' must be quoted", _at);
    }

    private string ParseQuoted()
    {
        var start = _at;
        if (_text.AsSpan(_at).StartsWith("\"\"\""))
        {
            var end = _text.IndexOf("\"\"\"", _at + 3, StringComparison.Ordinal);
            if (end < 0)
                throw Error("This triple-quoted text is not closed", start);
            // More than three quotes at the end: all but the last three belong to the text.
            while (end + 3 < _text.Length && _text[end + 3] == '"')
                end++;
            _at = end + 3;
            return _text[(start + 3)..end];
        }

        var text = new StringBuilder();
        for (_at++; ; _at++)
        {
            if (_at >= _text.Length || _text[_at] == '\n')
                throw Error("This quoted text is not closed", start);
            switch (_text[_at])
            {
                case '"':
                    _at++;
                    return text.ToString();
                case '\\':
                    _at++;
                    text.Append(ParseEscape());
                    break;
                default:
                    text.Append(_text[_at]);
                    break;
            }
        }
    }

    private char ParseEscape()
    {
        switch (Peek())
        {
            case '"': return '"';
            case '\\': return '\\';
            case '/': return '/';
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'u' when _at + 4 < _text.Length && ushort.TryParse(_text.AsSpan(_at + 1, 4), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var code):
                _at += 4;
                return (char)code;
            default:
                throw Error($"Unknown escape '\\{Peek()}'", _at - 1);
        }
    }

    private void EndOfField()
    {
        var closed = _text[_at - 1] == '}';
        TakeInlineBlank();
        if (_at < _text.Length && Peek() is not (',' or '}' or '\n' or '\r') && !IsComment() && !closed)
            throw Error($"Unexpected '{Peek()}'", _at);
    }

    private bool IsInclude()
    {
        if (!_text.AsSpan(_at).StartsWith("include"))
            return false;
        var rest = _text.AsSpan(_at + "include".Length);
        var line = rest.IndexOfAny('\r', '\n');
        var what = (line < 0 ? rest : rest[..line]).TrimStart();
        return what.StartsWith("\"") || what.StartsWith("file(") || what.StartsWith("url(") || what.StartsWith("classpath(") || what.StartsWith("required(");
    }

    private bool IsComment() => Peek() == '#' || (Peek() == '/' && Peek(1) == '/');

    private bool EndsValue() => _at >= _text.Length || Peek() is '\n' or '\r' or ',' or '}' or ']' || IsComment();

    private char Peek(int ahead = 0) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    private string TakeInlineBlank()
    {
        var start = _at;
        while (_at < _text.Length && _text[_at] is not ('\n' or '\r') && (char.IsWhiteSpace(_text[_at]) || _text[_at] == '\ufeff'))
            _at++;
        return _text[start.._at];
    }

    private void SkipBlank()
    {
        while (_at < _text.Length)
        {
            if (char.IsWhiteSpace(_text[_at]) || _text[_at] == '\ufeff')
            {
                _at++;
            }
            else if (IsComment())
            {
                var end = _text.IndexOf('\n', _at);
                _at = end < 0 ? _text.Length : end;
            }
            else
            {
                return;
            }
        }
    }

    private ConfigurationException Error(string message, int position)
    {
        var before = _text.AsSpan(0, Math.Min(position, _text.Length));
        var line = before.Count('\n') + 1;
        var column = before.Length - before.LastIndexOf('\n');
        return new ConfigurationException($"{message} (line {line}, column {column})");
    }
}
