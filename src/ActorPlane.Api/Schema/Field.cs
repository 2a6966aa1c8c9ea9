using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ActorPlane.Api;

/// <summary>A field of a built-in type, with typed access.</summary>
/// <typeparam name="TOwner">The type that has it.</typeparam>
/// <typeparam name="TValue">The property's type.</typeparam>
internal sealed class Field<TOwner, TValue> : FieldSchema
    where TOwner : class
{
    private readonly Func<TOwner, TValue> _get;
    private readonly Action<TOwner, TValue> _set;
    private readonly Codec<TValue> _codec;
    private readonly bool _always;
    private readonly bool _pointer;

    public Field(string jsonName, int number, FieldFlags flags, Codec<TValue> codec, Func<TOwner, TValue> get, Action<TOwner, TValue> set)
        : base(jsonName)
    {
        EncodedName = JsonEncodedText.Encode(jsonName, JsonCodec.Encoder);
        ProtoNumber = number;
        Flags = flags;
        _codec = codec;
        _get = get;
        _set = set;
        _always = flags.HasFlag(FieldFlags.Always);
        _pointer = flags.HasFlag(FieldFlags.Pointer);
    }

    public override ValueSchema Value => _codec;

    internal override void WriteJson(Utf8JsonWriter writer, object owner)
    {
        var value = _get(Unsafe.As<TOwner>(owner));
        if (_codec.IsAbsent(value))
        {
            if (!_always) return;
            writer.WritePropertyName(EncodedName);
            _codec.WriteEmpty(writer);
            return;
        }

        if (!_always && !_pointer && _codec.IsEmpty(value)) return;
        writer.WritePropertyName(EncodedName);
        _codec.Write(writer, value);
    }

    internal override void ReadJson(ref Utf8JsonReader reader, object owner, DecodeContext context)
    {
        // Go takes null for every type and leaves the field as it is.
        if (reader.TokenType == JsonTokenType.Null && _codec.Kind != SchemaKind.Json) return;
        context.Enter(JsonName, typeof(TOwner).Name);
        var value = _codec.Read(ref reader, context);
        context.Leave();
        if (!_pointer && !_always && _codec.IsEmpty(value)) return;
        _set(Unsafe.As<TOwner>(owner), value);
    }

    internal override void WriteProto(ProtoWriter writer, object owner)
    {
        var value = _get(Unsafe.As<TOwner>(owner));
        if (!_codec.IsAbsent(value) && (_pointer || _always || !_codec.IsEmpty(value))) _codec.WriteProto(writer, ProtoNumber, value);
    }

    internal override void ReadProto(ref ProtoReader reader, int wire, object owner, int depth)
    {
        var target = Unsafe.As<TOwner>(owner);
        var value = _codec.ReadProto(ref reader, wire, _get(target), depth);
        if (!_pointer && !_always && _codec.IsEmpty(value)) return;
        _set(target, value);
    }
}
