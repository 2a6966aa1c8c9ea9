using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace ActorPlane.Api;

/// <summary>
/// What of an object's JSON decides which fields there are to own: its structure, the values that lists tell their elements apart by
/// and those that <see cref="OwnershipRules"/> look at. Objects of one shape have the same sets of fields.
/// </summary>
internal ref struct OwnedShape
{
    // An object's first level is the document itself.
    private const int FieldLevel = 1;
    private const int MostKept = 16 * 1024;

    private static readonly ConditionalWeakTable<ObjectSchema, HashSet<string>> Keys = [];

    [ThreadStatic]
    private static char[]? _buffer;

    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _keys;
    private char[] _text;
    private int _length;

    private OwnedShape(ObjectSchema schema)
    {
        _keys = Keys.GetValue(schema, KeysOf).GetAlternateLookup<ReadOnlySpan<char>>();
        _text = _buffer ?? new char[8192];
        _buffer = null;
    }

    /// <summary>The newest time in the field <c>spec</c>.</summary>
    public DateTimeOffset? NewestOfSpec { get; private set; }

    /// <summary>The newest time in the field <c>status</c>.</summary>
    public DateTimeOffset? NewestOfStatus { get; private set; }

    /// <summary>The shape as text; valid until <see cref="Dispose"/>.</summary>
    public readonly ReadOnlySpan<char> Text => _text.AsSpan(0, _length);

    /// <summary>The shape of an encoded object.</summary>
    /// <param name="schema">Its type.</param>
    /// <param name="json">The object.</param>
    /// <param name="token">A volume whose name does not matter (<see cref="OwnershipRules.TokenOf"/>).</param>
    public static OwnedShape Of(ObjectSchema schema, ReadOnlySpan<byte> json, string? token)
    {
        var shape = new OwnedShape(schema);
        shape.Walk(json, token);
        return shape;
    }

    /// <summary>Adds something else to the text.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        Reserve(text.Length + 1);
        text.CopyTo(_text.AsSpan(_length));
        _length += text.Length;
        _text[_length++] = '"';
    }

    /// <summary>Whether the text is worth keeping.</summary>
    public readonly bool IsShort => _length <= MostKept;

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        if (_text.Length <= 8 * MostKept) _buffer = _text;
    }

    private static HashSet<string> KeysOf(ObjectSchema schema)
    {
        var keys = new HashSet<string>(OwnershipRules.ValuesOfElements, StringComparer.Ordinal);
        var seen = new HashSet<ValueSchema>(ReferenceEqualityComparer.Instance);
        Gather(schema);
        return keys;

        void Gather(ValueSchema? value)
        {
            if (value is null || !seen.Add(value)) return;
            Gather(value.Element);
            foreach (var field in value.Fields)
            {
                keys.UnionWith(TypedTree.KeysOf(field) ?? []);
                Gather(field.Value);
            }
        }
    }

    // Values are told apart only where they count, and whether they are the ones an empty object has.
    private void Walk(ReadOnlySpan<byte> json, string? token)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = JsonValue.MaxDepth });
        var (part, counts, isMount) = ("", false, false);
        var isArray = new Levels(stackalloc bool[JsonValue.MaxDepth + 2]);
        var isVolumes = new Levels(stackalloc bool[JsonValue.MaxDepth + 2]);
        while (reader.Read())
        {
            Reserve(reader.ValueSpan.Length + 2);
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    var start = _length;
                    Copy(reader.ValueSpan);
                    var name = _text.AsSpan(start, _length - start);
                    _text[_length++] = '"';
                    if (reader.CurrentDepth == FieldLevel) part = name is "spec" ? "spec" : name is "status" ? "status" : "";
                    isMount = name is "volumes" or "volumeMounts";
                    counts = isArray.Parent ? _keys.Contains(name) : OwnershipRules.IsValueThatCounts(name);
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    isArray.Push(reader.TokenType == JsonTokenType.StartArray);
                    isVolumes.Push(isMount);
                    isMount = false;
                    _text[_length++] = reader.TokenType == JsonTokenType.StartArray ? '[' : '{';
                    counts = false;
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    isArray.Pop();
                    isVolumes.Pop();
                    _text[_length++] = '}';
                    break;
                default:
                    if (counts && isVolumes.Parent && token is not null && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(token))
                    {
                        _text[_length++] = '*';
                    }
                    else if (counts || isArray.Current)
                    {
                        _text[_length++] = reader.TokenType == JsonTokenType.String ? '=' : '#';
                        Copy(reader.ValueSpan);
                        _text[_length++] = '"';
                    }
                    else
                    {
                        _text[_length++] = reader.TokenType switch
                        {
                            JsonTokenType.String => reader.ValueSpan.IsEmpty ? 'e' : 's',
                            JsonTokenType.Number => reader.ValueSpan.SequenceEqual("0"u8) ? '0' : '1',
                            JsonTokenType.Null => 'n',
                            JsonTokenType.True => 't',
                            _ => 'f',
                        };
                    }

                    if (part.Length > 0 && reader.TokenType == JsonTokenType.String && reader.ValueSpan is { Length: >= 20 and <= 27 } value && value[^1] == 'Z') See(part, reader.GetString()!);
                    break;
            }
        }
    }

    private void See(string part, string text)
    {
        if (!Rfc3339.TryParse(text, out var time)) return;
        if (part == "spec") NewestOfSpec = NewestOfSpec > time ? NewestOfSpec : time;
        else NewestOfStatus = NewestOfStatus > time ? NewestOfStatus : time;
    }

    // Byte by byte: what is different stays different, and a quote ends it, which inside is always escaped.
    private void Copy(ReadOnlySpan<byte> bytes) => _length += Encoding.Latin1.GetChars(bytes, _text.AsSpan(_length));

    private void Reserve(int count)
    {
        if (_length + count > _text.Length) Array.Resize(ref _text, Math.Max(_text.Length * 2, _length + count));
    }

    // Whether values at hand are elements of an array, level by level.
    private ref struct Levels(Span<bool> bits)
    {
        private readonly Span<bool> _bits = bits;
        private int _depth = 1;

        public readonly bool Current => _bits[_depth];

        public readonly bool Parent => _bits[_depth - 1];

        public void Push(bool bit) => _bits[++_depth] = bit;

        public void Pop() => _depth--;
    }
}
