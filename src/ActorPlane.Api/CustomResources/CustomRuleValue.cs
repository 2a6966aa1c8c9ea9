using System.Globalization;
using ActorPlane.Api.Cel;

namespace ActorPlane.Api;

/// <summary>
/// The values of an object as rules see them, by its schema; what is asked for is converted then, and once.
/// Source: k8s.io/apiserver/pkg/cel/common/values.go.
/// </summary>
internal static class CustomRuleValue
{
    private const int FewMembers = 16;

    public static CelValue Of(JsonValue data, CustomRuleType type)
    {
        if (data.IsNull) return type.Schema["nullable"]?.AsBool == true ? CelValue.Null.Instance : new CelValue.Error("invalid data, got null for schema with nullable=false");
        switch (type.Type.Kind)
        {
            case CelTypeKind.Dyn:
                if (data.IsString) return new CelValue.Text(data.AsString!);
                return Whole(data) ?? new CelValue.Error("invalid data, expected XIntOrString value to be either a string or integer");
            case CelTypeKind.Object or CelTypeKind.Map: return data.IsObject ? new Members(data, type) : new CelValue.Error("invalid data, expected a map for the provided schema with type=object");
            case CelTypeKind.List: return data.IsArray ? new Items(data, type) : new CelValue.Error("invalid data, expected an array for the provided schema with type=array");
            case CelTypeKind.Bool: return data.AsBool is { } flag ? CelValue.Bool.Of(flag) : Unexpected(data, "bool");
            case CelTypeKind.Int: return Whole(data) ?? Unexpected(data, "int");
            case CelTypeKind.Double: return data.AsDouble is { } number ? new CelValue.Double(number) : Unexpected(data, "float");
            default: return data.AsString is { } text ? OfText(text, type.Type.Kind) : Unexpected(data, "string");
        }
    }

    private static CelValue? Whole(JsonValue data)
    {
        if (data.AsInt64 is { } whole) return new CelValue.Int(whole);
        return data.AsDouble is { } number && Math.Floor(number).Equals(number) && Math.Abs(number) < 9e15 ? new CelValue.Int((long)number) : null;
    }

    private static CelValue OfText(string text, CelTypeKind kind)
    {
        switch (kind)
        {
            case CelTypeKind.Duration: return CelTime.TryDuration(text, out var nanos) || TryWords(text, out nanos) ? new CelValue.Duration(nanos) : new CelValue.Error($"Invalid duration {text}");
            case CelTypeKind.Timestamp when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date):
                return CelTime.Timestamp((Int128)(date.ToDateTime(TimeOnly.MinValue) - DateTime.UnixEpoch).Ticks * 100);
            case CelTypeKind.Timestamp:
                return CelTime.TryTimestamp(text, out var instant, out var offset) ? CelTime.Timestamp(instant, offset) : new CelValue.Error($"Invalid date-time formatted string {text}");
            case CelTypeKind.Bytes:
                var bytes = new byte[(text.Length * 3 / 4) + 3];
                return Convert.TryFromBase64String(text, bytes, out var length) ? new CelValue.Bytes(bytes[..length]) : new CelValue.Error($"Invalid byte formatted string {text}");
            default: return new CelValue.Text(text);
        }
    }

    // The format "duration" takes words too: 2 days, 1 hour. (kube-openapi/pkg/validation/strfmt/duration.go)
    private static bool TryWords(string text, out long nanos)
    {
        nanos = 0;
        var rest = text.AsSpan().Trim();
        if (rest.IsEmpty) return false;
        while (!rest.IsEmpty)
        {
            var digits = 0;
            while (digits < rest.Length && char.IsAsciiDigit(rest[digits])) digits++;
            if (digits is 0 or > 9) return false;
            var count = long.Parse(rest[..digits], CultureInfo.InvariantCulture);
            rest = rest[digits..].TrimStart();
            var letters = 0;
            while (letters < rest.Length && char.IsAsciiLetter(rest[letters])) letters++;
            long seconds = rest[..letters] switch { "s" or "sec" or "secs" => 1, "m" or "min" or "mins" => 60, "h" or "hour" or "hours" => 3600, "d" or "day" or "days" => 86400, "w" => 604800, _ => 0 };
            if (seconds == 0 || count > long.MaxValue / CelTime.Second / seconds - (nanos / CelTime.Second)) return false;
            nanos += count * seconds * CelTime.Second;
            rest = rest[letters..].TrimStart();
        }

        return true;
    }

    private static CelValue.Error Unexpected(JsonValue data, string wanted)
    {
        var found = data.Kind switch
        {
            JsonKind.String => "string",
            JsonKind.Bool => "bool",
            JsonKind.Number => data.AsInt64 is null ? "float64" : "int64",
            JsonKind.Array => "[]interface {}",
            _ => "map[string]interface {}",
        };
        return new CelValue.Error($"invalid data, expected {wanted}, got {found}");
    }

    /// <summary>An object or a map.</summary>
    private sealed class Members(JsonValue data, CustomRuleType type) : CelMap
    {
        private JsonObjectBuilder? _byName;
        private Dictionary<string, CelValue>? _converted;

        public override CelType Type => type.IsObject ? type.Type : CelType.AnyMap;

        public override int Count => data.Members.Length;

        public override CelValue KeyAt(int index) => new Text(type.IsObject ? CustomRuleNames.Escape(data.Members[index].Name) ?? data.Members[index].Name : data.Members[index].Name);

        public override CelValue? Find(CelValue key)
        {
            if (key is not Text text) return null;
            var name = type.IsObject && type.Names.TryGetValue(text.Value, out var known) ? known : text.Value;
            if (_converted is not null && _converted.TryGetValue(name, out var value)) return value;
            if (Member(name) is not { } found) return null;

            // Of an object, a field that is null is one that is not there.
            if (type.IsObject && found.IsNull) return null;
            value = !type.IsObject ? CustomRuleValue.Of(found, type.Element!) : type.Properties.TryGetValue(name, out var below) ? CustomRuleValue.Of(found, below) : new Opaque(found);
            return (_converted ??= new Dictionary<string, CelValue>(StringComparer.Ordinal))[name] = value;
        }

        private JsonValue? Member(string name) => data.Members.Length <= FewMembers ? data[name] : (_byName ??= new JsonObjectBuilder(data))[name];
    }

    /// <summary>A list; the schema says whether it is one, a set, or a map by keys.</summary>
    private sealed class Items(JsonValue data, CustomRuleType type) : CelList
    {
        private CelValue?[]? _converted;

        public override int Count => data.Items.Length;

        public override CelValue this[int index] => (_converted ??= new CelValue?[data.Items.Length])[index] ??= CustomRuleValue.Of(data.Items[index], type.Element!);

        public override bool HasSame(CelList other) => Keyed.Of(this, type) is { } keyed ? keyed.HasSame(other) : base.HasSame(other);

        public override CelValue Concat(CelList other) => Keyed.Of(this, type) is { } keyed ? keyed.Concat(other) : base.Concat(other);
    }

    /// <summary>A set, or a list of objects of which some fields are the key: their order means nothing, and what is twice counts once.</summary>
    private sealed class Keyed : CelList
    {
        private readonly List<CelValue> _items = [];
        private readonly Dictionary<CelValue, int> _byKey = new(CelEquality.Comparer);
        private readonly string[]? _keys;

        private Keyed(CelList items, string[]? keys)
        {
            _keys = keys;
            for (var i = 0; i < items.Count; i++) Put(items[i]);
        }

        public override int Count => _items.Count;

        public override CelValue this[int index] => _items[index];

        public static Keyed? Of(CelList items, CustomRuleType type) => type.Schema["x-kubernetes-list-type"]?.AsString switch
        {
            "set" => new Keyed(items, null),
            "map" => new Keyed(items, [.. (type.Schema["x-kubernetes-list-map-keys"] ?? JsonValue.EmptyArray).Items.ToArray().Select(key => key.AsString ?? "")]),
            _ => null,
        };

        public override bool HasSame(CelList other)
        {
            if (other.Count != Count) return false;
            for (var i = 0; i < other.Count; i++)
            {
                if (!_byKey.TryGetValue(KeyOf(other[i]), out var at) || !CelEquality.AreEqual(_items[at], other[i])) return false;
            }

            return true;
        }

        public override CelValue Concat(CelList other)
        {
            var result = new Keyed(this, _keys);
            for (var i = 0; i < other.Count; i++) result.Put(other[i]);
            return result;
        }

        private void Put(CelValue item)
        {
            var key = KeyOf(item);
            if (_byKey.TryGetValue(key, out var at))
            {
                _items[at] = item;
                return;
            }

            _byKey[key] = _items.Count;
            _items.Add(item);
        }

        private CelValue KeyOf(CelValue item)
        {
            if (_keys is null || item is not CelMap map) return item;
            return CelList.Of([.. _keys.Select(key => map.Find(new Text(CustomRuleNames.Escape(key) ?? key)) ?? Null.Instance)]);
        }
    }
}
