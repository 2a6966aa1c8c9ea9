using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace ActorPlane.Api;

/// <summary>
/// An immutable JSON tree: custom resources, patches, manifests, opaque parts of built-in objects. Members keep their order
/// and a doubled name stays doubled, so that strict decoding can report it. Equality ignores the order of members.
/// </summary>
public sealed class JsonValue : IEquatable<JsonValue>
{
    /// <summary>How deep objects and arrays may nest.</summary>
    public const int MaxDepth = 256;

    private const int MostShifted = 16;

    public static readonly JsonValue Null = new(JsonKind.Null, null, [], []);

    public static readonly JsonValue True = new(JsonKind.Bool, "true", [], []);

    public static readonly JsonValue False = new(JsonKind.Bool, "false", [], []);

    /// <summary>{}</summary>
    public static readonly JsonValue EmptyObject = new(JsonKind.Object, null, [], []);

    /// <summary>[]</summary>
    public static readonly JsonValue EmptyArray = new(JsonKind.Array, null, [], []);

    // Of an object the whole of it, if it is kept.
    private readonly string? _text;
    private readonly JsonValue[] _items;
    private readonly JsonMember[] _members;

    private JsonValue(JsonKind kind, string? text, JsonValue[] items, JsonMember[] members)
    {
        Kind = kind;
        _text = text;
        _items = items;
        _members = members;
    }

    /// <summary>What it is.</summary>
    public JsonKind Kind { get; }

    /// <summary>A text.</summary>
    public static JsonValue Of(string text) => new(JsonKind.String, text, [], []);

    /// <summary>true or false.</summary>
    public static JsonValue Of(bool value) => value ? True : False;

    /// <summary>An integer.</summary>
    public static JsonValue Of(long value) => Number(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A number with a fraction.</summary>
    public static JsonValue Of(double value) => Number(value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>A number as it is written. The literal must be valid JSON.</summary>
    public static JsonValue Number(string literal) => new(JsonKind.Number, literal, [], []);

    /// <summary>A list.</summary>
    public static JsonValue Array(params IEnumerable<JsonValue> items) => WrapArray([.. items]);

    /// <summary>An object with members in this order.</summary>
    public static JsonValue Object(params IEnumerable<JsonMember> members) => WrapObject([.. members]);

    /// <summary>An object with members in this order.</summary>
    public static JsonValue Object(params ReadOnlySpan<(string Name, JsonValue Value)> members)
    {
        var result = new JsonMember[members.Length];
        for (var i = 0; i < members.Length; i++) result[i] = new JsonMember(members[i].Name, members[i].Value);
        return WrapObject(result);
    }

    internal static JsonValue WrapArray(JsonValue[] items) => items.Length == 0 ? EmptyArray : new(JsonKind.Array, null, items, []);

    internal static JsonValue WrapObject(JsonMember[] members) => members.Length == 0 ? EmptyObject : new(JsonKind.Object, null, [], members);

    /// <summary>Whether it is null.</summary>
    public bool IsNull => Kind == JsonKind.Null;

    /// <summary>Whether it is an object.</summary>
    public bool IsObject => Kind == JsonKind.Object;

    /// <summary>Whether it is an array.</summary>
    public bool IsArray => Kind == JsonKind.Array;

    /// <summary>Whether it is a text.</summary>
    public bool IsString => Kind == JsonKind.String;

    /// <summary>The text, or null when it is something else.</summary>
    public string? AsString => Kind == JsonKind.String ? _text : null;

    /// <summary>The boolean, or null when it is something else.</summary>
    public bool? AsBool => Kind == JsonKind.Bool ? ReferenceEquals(this, True) : null;

    /// <summary>The number as written, or null when it is something else.</summary>
    public string? AsNumber => Kind == JsonKind.Number ? _text : null;

    /// <summary>The number, if it is one and a whole one of 64 bits; null otherwise.</summary>
    public long? AsInt64 =>
        Kind == JsonKind.Number && long.TryParse(_text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>The number, if it is one; null otherwise.</summary>
    public double? AsDouble => Kind == JsonKind.Number ? double.Parse(_text!, CultureInfo.InvariantCulture) : null;

    /// <summary>The elements; none when it is no array.</summary>
    public ReadOnlySpan<JsonValue> Items => _items;

    /// <summary>The members; none when it is no object.</summary>
    public ReadOnlySpan<JsonMember> Members => _members;

    /// <summary>The value of a member, or null when it is absent. Of doubled names the last one counts.</summary>
    public JsonValue? this[string name]
    {
        get
        {
            for (var i = _members.Length - 1; i >= 0; i--)
            {
                if (string.Equals(_members[i].Name, name, StringComparison.Ordinal)) return _members[i].Value;
            }

            return null;
        }
    }

    /// <summary>The value below several names, or null when one is absent.</summary>
    public JsonValue? At(params ReadOnlySpan<string> path)
    {
        var value = this;
        foreach (var name in path)
        {
            value = value[name];
            if (value is null) return null;
        }

        return value;
    }

    /// <summary>An object in which the member has this value: in its place if it was there, else at the end.</summary>
    public JsonValue With(string name, JsonValue value)
    {
        var index = System.Array.FindLastIndex(_members, member => string.Equals(member.Name, name, StringComparison.Ordinal));
        if (index < 0) return WrapObject([.. _members, new JsonMember(name, value)]);
        var members = (JsonMember[])_members.Clone();
        members[index] = new JsonMember(name, value);
        return WrapObject(members);
    }

    /// <summary>An object without the member; this one when it was not there.</summary>
    public JsonValue Without(string name) =>
        this[name] is null ? this : WrapObject(System.Array.FindAll(_members, member => !string.Equals(member.Name, name, StringComparison.Ordinal)));

    /// <summary>
    /// The same value, that has the parts which are the same in another one from that one: who compares the two need not look
    /// into them any more. Members are looked for near their places only.
    /// </summary>
    public JsonValue SharedWith(JsonValue other)
    {
        if (Kind == JsonKind.Object && other.Kind == Kind)
        {
            var members = new JsonMember[_members.Length];
            var same = 0;
            for (int i = 0, next = 0; i < members.Length; i++)
            {
                members[i] = _members[i];
                var place = next;
                while (place < other._members.Length && place < next + MostShifted && other._members[place].Name != members[i].Name) place++;
                if (place == other._members.Length || place == next + MostShifted) continue;
                next = place + 1;
                members[i] = new JsonMember(members[i].Name, members[i].Value.SharedWith(other._members[place].Value));
                if (ReferenceEquals(members[i].Value, other._members[place].Value)) same++;
            }

            return same == other._members.Length && same == members.Length ? other : WrapObject(members);
        }

        if (Kind == JsonKind.Array && other.Kind == Kind)
        {
            var items = new JsonValue[_items.Length];
            var same = 0;
            for (var i = 0; i < items.Length; i++)
            {
                items[i] = i < other._items.Length ? _items[i].SharedWith(other._items[i]) : _items[i];
                if (i < other._items.Length && ReferenceEquals(items[i], other._items[i])) same++;
            }

            return same == other._items.Length && same == items.Length ? other : WrapArray(items);
        }

        return Equals(other) ? other : this;
    }

    /// <summary>Reads JSON. Throws <see cref="DecodeException"/> when it is not JSON or nests too deep.</summary>
    public static JsonValue Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
            reader.Read();
            var value = Read(ref reader);
            reader.Read();
            return value;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw DecodeException.Syntax(error, utf8);
        }
    }

    /// <summary>Reads JSON. Throws <see cref="DecodeException"/> when it is not JSON or nests too deep.</summary>
    public static JsonValue Parse(string json) => Parse(Encoding.UTF8.GetBytes(json));

    /// <summary>Reads the value that the reader stands on.</summary>
    internal static JsonValue Read(ref Utf8JsonReader reader) => Read(ref reader, [], []);

    // What is read of objects and arrays that are still open stands in the two lists, the innermost last.
    private static JsonValue Read(ref Utf8JsonReader reader, List<JsonMember> openMembers, List<JsonValue> openItems)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True: return True;
            case JsonTokenType.False: return False;
            case JsonTokenType.Null: return Null;
            case JsonTokenType.String: return Of(StringCache.Get(ref reader));
            case JsonTokenType.Number: return Number(StringCache.Get(reader.ValueSpan));
            case JsonTokenType.StartArray:
                var firstItem = openItems.Count;
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) openItems.Add(Read(ref reader, openMembers, openItems));
                return WrapArray(Taken(openItems, firstItem));
            default:
                var firstMember = openMembers.Count;
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = StringCache.Get(ref reader);
                    reader.Read();
                    openMembers.Add(new JsonMember(name, Read(ref reader, openMembers, openItems)));
                }

                return WrapObject(Taken(openMembers, firstMember));
        }
    }

    private static T[] Taken<T>(List<T> open, int first)
    {
        var taken = CollectionsMarshal.AsSpan(open)[first..].ToArray();
        open.RemoveRange(first, open.Count - first);
        return taken;
    }

    /// <summary>The same object with its text kept: for those that are written often and shared.</summary>
    internal JsonValue WithText() => Kind == JsonKind.Object && _text is null ? new(JsonKind.Object, ToString(), [], _members) : this;

    /// <summary>Writes the tree.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        switch (Kind)
        {
            case JsonKind.Null: writer.WriteNullValue(); break;
            case JsonKind.Bool: writer.WriteBooleanValue(ReferenceEquals(this, True)); break;
            case JsonKind.Number: writer.WriteRawValue(_text!, skipInputValidation: true); break;
            case JsonKind.String: writer.WriteStringValue(_text); break;
            case JsonKind.Array:
                writer.WriteStartArray();
                foreach (var item in _items) item.WriteTo(writer);
                writer.WriteEndArray();
                break;
            case JsonKind.Object when _text is not null && !writer.Options.Indented: writer.WriteRawValue(_text, skipInputValidation: true); break;
            default:
                writer.WriteStartObject();
                foreach (var member in _members)
                {
                    writer.WritePropertyName(member.Name);
                    member.Value.WriteTo(writer);
                }

                writer.WriteEndObject();
                break;
        }
    }

    /// <summary>The tree as JSON in UTF-8, without white space.</summary>
    public byte[] ToUtf8() => JsonCodec.Write(this, static (value, writer) => value.WriteTo(writer));

    /// <summary>The tree as JSON without white space.</summary>
    public override string ToString() => Encoding.UTF8.GetString(ToUtf8());

    /// <summary>Whether both are the same JSON; the order of members does not count.</summary>
    public bool Equals(JsonValue? other)
    {
        if (ReferenceEquals(this, other)) return true;
        if (other is null || other.Kind != Kind) return false;
        switch (Kind)
        {
            case JsonKind.Null:
            case JsonKind.Bool:
            case JsonKind.String:
                return string.Equals(_text, other._text, StringComparison.Ordinal);
            case JsonKind.Number:
                return string.Equals(_text, other._text, StringComparison.Ordinal) || AsDouble!.Value.Equals(other.AsDouble!.Value);
            case JsonKind.Array:
                return _items.AsSpan().SequenceEqual(other._items);
            default:
                if (_members.Length != other._members.Length) return false;
                var byName = _members.Length > 16 ? new JsonObjectBuilder(other) : null;
                for (var i = 0; i < _members.Length; i++)
                {
                    var (name, value) = _members[i];
                    var counterpart = string.Equals(other._members[i].Name, name, StringComparison.Ordinal) ? other._members[i].Value : byName is null ? other[name] : byName[name];
                    if (!value.Equals(counterpart)) return false;
                }

                return true;
        }
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as JsonValue);

    /// <inheritdoc/>
    public override int GetHashCode() => Kind switch
    {
        JsonKind.Number => AsDouble.GetHashCode(),
        JsonKind.Array => HashCode.Combine(_items.Length, _items.Length > 0 ? _items[0] : null),
        JsonKind.Object => _members.Length,
        _ => HashCode.Combine(Kind, _text),
    };

    /// <summary>The same JSON.</summary>
    public static bool operator ==(JsonValue? left, JsonValue? right) => Equals(left, right);

    /// <summary>Other JSON.</summary>
    public static bool operator !=(JsonValue? left, JsonValue? right) => !Equals(left, right);
}
