using System.Text.Json;

namespace ActorPlane.Api;

/// <summary>The descriptor of a built-in type: drives JSON, strict decoding, patches, server-side apply, protobuf and OpenAPI.</summary>
public abstract class ObjectSchema : ValueSchema
{
    private const int MostRuns = 1000;
    private readonly FieldSchema[] _fields;
    private readonly Dictionary<string, FieldSchema> _byName;
    private readonly int[] _slots;
    private readonly Dictionary<(int Wrapper, int Number), FieldSchema> _byNumber = [];
    private readonly int[] _wrappers;

    private protected ObjectSchema(string name, FieldSchema[] fields)
    {
        Name = name;
        _fields = fields;
        _byName = new Dictionary<string, FieldSchema>(fields.Length, StringComparer.Ordinal);
        foreach (var field in fields) _byName.Add(field.JsonName, field);

        foreach (var field in fields)
        {
            if (field.ProtoNumber > 0) _byNumber.Add((field.ProtoWrapper, field.ProtoNumber), field);
        }

        _wrappers = [.. _byNumber.Keys.Select(k => k.Wrapper).Where(w => w > 0).Distinct()];

        // Open addressing over the names' bytes: a decoder looks names up without making texts.
        var size = 4;
        while (size < fields.Length * 2) size *= 2;
        _slots = new int[size];
        for (var i = 0; i < fields.Length; i++)
        {
            var slot = Hash(fields[i].EncodedName.EncodedUtf8Bytes) & (uint)(size - 1);
            while (_slots[slot] != 0) slot = (slot + 1) & (uint)(size - 1);
            _slots[slot] = i + 1;
        }
    }

    /// <summary>The definition's name in the published schema, such as <c>io.k8s.api.core.v1.Pod</c>.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public override SchemaKind Kind => SchemaKind.Message;

    /// <inheritdoc/>
    public override IReadOnlyList<FieldSchema> Fields => _fields;

    /// <inheritdoc/>
    public override ObjectSchema Message => this;

    /// <summary>Whether the type is owned as a whole (<c>x-kubernetes-map-type: atomic</c>).</summary>
    public bool Atomic { get; internal init; }

    /// <inheritdoc/>
    public override bool IsAtomic => Atomic;

    /// <summary>The .NET type.</summary>
    public abstract Type Type { get; }

    /// <summary>Go's name of the type, for error texts: <c>v1.PodSpec</c>.</summary>
    public string GoName => field ??= GoNameOf(Name);

    /// <summary>The shared instance without values.</summary>
    public abstract object EmptyObject { get; }

    /// <inheritdoc/>
    public override FieldSchema? Find(string jsonName) => _byName.GetValueOrDefault(jsonName);

    /// <summary>A new instance that only its decoder knows.</summary>
    private protected abstract object Create();

    internal virtual void WriteJson(Utf8JsonWriter writer, object value, bool withHeader = true)
    {
        writer.WriteStartObject();
        foreach (var field in _fields)
        {
            if (!withHeader && field is HeaderField) continue;
            field.WriteJson(writer, value);
        }

        writer.WriteEndObject();
    }

    internal virtual object ReadJson(ref Utf8JsonReader reader, DecodeContext context)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw context.WrongType(Codecs.NameOf(ref reader), GoName);
        object? value = null;
        ulong seen = 0;
        var expected = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var index = IndexOf(ref reader, expected);
            if (index < 0)
            {
                if (context.Strict) context.Unknown(reader.GetString()!);
                reader.Skip();
                continue;
            }

            expected = index + 1;
            if (context.Strict)
            {
                var bit = 1UL << index;
                if ((seen & bit) != 0) context.Duplicate(_fields[index].JsonName);
                seen |= bit;
            }

            reader.Read();
            value ??= Create();
            _fields[index].ReadJson(ref reader, value, context);
        }

        return value ?? EmptyObject;
    }

    /// <summary>Whether the type has field numbers in protobuf.</summary>
    public virtual bool HasProtobuf => _byNumber.Count > 0 || _fields.Length == 0;

    internal void WriteProto(ProtoWriter writer, object value)
    {
        foreach (var field in _fields)
        {
            if (field is { ProtoNumber: > 0, ProtoWrapper: 0 }) field.WriteProto(writer, value);
        }

        foreach (var wrapper in _wrappers)
        {
            var before = writer.Count;
            var begin = writer.Open(wrapper);
            foreach (var field in _fields)
            {
                if (field.ProtoWrapper == wrapper) field.WriteProto(writer, value);
            }

            if (writer.Count > begin) writer.Close(begin);
            else writer.Cut(before);
        }
    }

    internal object ReadProto(ref ProtoReader reader, int depth)
    {
        if (depth > JsonValue.MaxDepth) throw ProtoReader.Broken("messages nest too deep");
        object? value = null;
        ReadProto(ref reader, 0, depth, ref value);
        return value ?? EmptyObject;
    }

    private void ReadProto(ref ProtoReader reader, int wrapper, int depth, ref object? value)
    {
        var runs = 0;
        while (reader.NextField(out var number, out var wire))
        {
            if (_byNumber.TryGetValue((wrapper, number), out var field))
            {
                // Each run of a list's elements copies the list: a body that interleaves two lists must not cost a square of its size.
                if (field.Value.Kind is SchemaKind.List or SchemaKind.Map && ++runs > MostRuns) throw ProtoReader.Broken("elements of lists are interleaved");
                value ??= Create();
                field.ReadProto(ref reader, wire, value, depth);
            }
            else if (wrapper == 0 && wire == ProtoReader.Bytes && Array.IndexOf(_wrappers, number) >= 0)
            {
                var inner = new ProtoReader(reader.ReadBytes());
                ReadProto(ref inner, number, depth, ref value);
            }
            else
            {
                reader.Skip(wire);
            }
        }
    }

    private int IndexOf(ref Utf8JsonReader reader, int expected)
    {
        // Encoders write fields in one order, so the next field is mostly the one after the last.
        if (expected < _fields.Length && reader.ValueTextEquals(_fields[expected].EncodedName.EncodedUtf8Bytes)) return expected;
        if (reader.ValueIsEscaped)
        {
            var field = Find(reader.GetString()!);
            return field is null ? -1 : Array.IndexOf(_fields, field);
        }

        var name = reader.ValueSpan;
        var mask = (uint)(_slots.Length - 1);
        for (var slot = Hash(name) & mask; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            var index = _slots[slot] - 1;
            if (name.SequenceEqual(_fields[index].EncodedName.EncodedUtf8Bytes)) return index;
        }

        return -1;
    }

    private static uint Hash(ReadOnlySpan<byte> name)
    {
        var hash = 2166136261u;
        foreach (var b in name) hash = (hash ^ b) * 16777619u;
        return hash ^ (hash >> 15);
    }

    private static string GoNameOf(string name)
    {
        var last = name.LastIndexOf('.');
        var before = name.LastIndexOf('.', last - 1);
        return name[(before + 1)..];
    }
}
