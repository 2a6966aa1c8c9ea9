using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ActorPlane.Api;

/// <summary>Texts.</summary>
internal sealed class StringCodec : Codec<string?>
{
    public override SchemaKind Kind => SchemaKind.String;

    public override string GoName => "string";

    public override string? NoValue => "";

    public override bool IsAbsent(string? value) => value is null;

    public override bool IsEmpty(string? value) => string.IsNullOrEmpty(value);

    public override void WriteEmpty(Utf8JsonWriter writer) => writer.WriteStringValue("");

    public override void Write(Utf8JsonWriter writer, string? value) => writer.WriteStringValue(value);

    public override string? Read(ref Utf8JsonReader reader, DecodeContext context) => reader.TokenType switch
    {
        JsonTokenType.String => StringCache.Get(ref reader),
        JsonTokenType.Null => "",
        _ => throw context.WrongType(Codecs.NameOf(ref reader), GoName),
    };

    public override void WriteProto(ProtoWriter writer, int number, string? value) => writer.Text(number, value!);

    public override string? ReadProto(ref ProtoReader reader, int wire, string? before, int depth)
    {
        ProtoReader.Expect(wire, ProtoReader.Bytes);
        return reader.ReadText();
    }
}

/// <summary>Value types that are never absent inside lists and maps.</summary>
internal abstract class ScalarCodec<T> : Codec<T>
    where T : struct
{
    public override bool IsAbsent(T value) => false;

    public override bool IsEmpty(T value) => EqualityComparer<T>.Default.Equals(value, default);

    public override void WriteEmpty(Utf8JsonWriter writer) => Write(writer, default);
}

/// <summary>32-bit integers.</summary>
internal sealed class Int32Codec : ScalarCodec<int>
{
    public override SchemaKind Kind => SchemaKind.Int32;

    public override string GoName => "int32";

    public override void Write(Utf8JsonWriter writer, int value) => writer.WriteNumberValue(value);

    public override int Read(ref Utf8JsonReader reader, DecodeContext context)
    {
        if (reader.TokenType == JsonTokenType.Null) return 0;
        if (reader.TokenType != JsonTokenType.Number) throw context.WrongType(Codecs.NameOf(ref reader), GoName);
        return reader.TryGetInt32(out var value) ? value : throw context.WrongType("number " + Encoding.UTF8.GetString(reader.ValueSpan), GoName);
    }

    public override void WriteProto(ProtoWriter writer, int number, int value) => writer.Varint(number, (ulong)(long)value);

    public override int ReadProto(ref ProtoReader reader, int wire, int before, int depth)
    {
        ProtoReader.Expect(wire, ProtoReader.Varint);
        return (int)reader.ReadVarint();
    }
}

/// <summary>64-bit integers.</summary>
internal sealed class Int64Codec : ScalarCodec<long>
{
    public override SchemaKind Kind => SchemaKind.Int64;

    public override string GoName => "int64";

    public override void Write(Utf8JsonWriter writer, long value) => writer.WriteNumberValue(value);

    public override long Read(ref Utf8JsonReader reader, DecodeContext context)
    {
        if (reader.TokenType == JsonTokenType.Null) return 0;
        if (reader.TokenType != JsonTokenType.Number) throw context.WrongType(Codecs.NameOf(ref reader), GoName);
        return reader.TryGetInt64(out var value) ? value : throw context.WrongType("number " + Encoding.UTF8.GetString(reader.ValueSpan), GoName);
    }

    public override void WriteProto(ProtoWriter writer, int number, long value) => writer.Varint(number, (ulong)value);

    public override long ReadProto(ref ProtoReader reader, int wire, long before, int depth)
    {
        ProtoReader.Expect(wire, ProtoReader.Varint);
        return (long)reader.ReadVarint();
    }
}

/// <summary>true and false.</summary>
internal sealed class BoolCodec : ScalarCodec<bool>
{
    public override SchemaKind Kind => SchemaKind.Bool;

    public override string GoName => "bool";

    public override void Write(Utf8JsonWriter writer, bool value) => writer.WriteBooleanValue(value);

    public override bool Read(ref Utf8JsonReader reader, DecodeContext context) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False or JsonTokenType.Null => false,
        _ => throw context.WrongType(Codecs.NameOf(ref reader), GoName),
    };

    public override void WriteProto(ProtoWriter writer, int number, bool value) => writer.Varint(number, value ? 1u : 0u);

    public override bool ReadProto(ref ProtoReader reader, int wire, bool before, int depth)
    {
        ProtoReader.Expect(wire, ProtoReader.Varint);
        return reader.ReadVarint() != 0;
    }
}

/// <summary>Floating-point numbers.</summary>
internal sealed class DoubleCodec : ScalarCodec<double>
{
    public override SchemaKind Kind => SchemaKind.Double;

    public override string GoName => "float64";

    public override void Write(Utf8JsonWriter writer, double value) => writer.WriteNumberValue(value);

    public override double Read(ref Utf8JsonReader reader, DecodeContext context)
    {
        if (reader.TokenType == JsonTokenType.Null) return 0;
        if (reader.TokenType != JsonTokenType.Number) throw context.WrongType(Codecs.NameOf(ref reader), GoName);
        var value = reader.GetDouble();
        return double.IsFinite(value) ? value : throw context.WrongType("number " + Encoding.UTF8.GetString(reader.ValueSpan), GoName);
    }

    public override void WriteProto(ProtoWriter writer, int number, double value) => writer.Fixed64(number, BitConverter.DoubleToUInt64Bits(value));

    public override double ReadProto(ref ProtoReader reader, int wire, double before, int depth)
    {
        ProtoReader.Expect(wire, ProtoReader.Fixed64);
        return BitConverter.UInt64BitsToDouble(reader.ReadFixed64());
    }
}

/// <summary>Times to the second; absent is null where Go always writes the field.</summary>
internal sealed class TimestampCodec : ScalarCodec<Timestamp>
{
    private const string GoLayout = "2006-01-02T15:04:05Z07:00";

    public override SchemaKind Kind => SchemaKind.Timestamp;

    public override string GoName => "v1.Time";

    public override bool IsEmpty(Timestamp value) => false;

    public override void WriteEmpty(Utf8JsonWriter writer) => writer.WriteNullValue();

    public override void Write(Utf8JsonWriter writer, Timestamp value)
    {
        Span<byte> buffer = stackalloc byte[20];
        value.Time.TryFormat(buffer, out var count, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        writer.WriteStringValue(buffer[..count]);
    }

    public override Timestamp Read(ref Utf8JsonReader reader, DecodeContext context)
    {
        if (reader.TokenType != JsonTokenType.String) throw context.WrongType(Codecs.NameOf(ref reader), "string");
        var text = StringCache.Get(ref reader);
        return Timestamp.TryParse(text, out var value) ? value : throw Wrong(text, GoLayout);
    }

    internal static DecodeException Wrong(string text, string layout) =>
        new($"parsing time \"{text}\" as \"{layout}\": cannot parse \"{text}\" as \"2006\"");

    public override Timestamp NoValue => Timestamp.From(DateTimeOffset.UnixEpoch);

    public override void WriteProto(ProtoWriter writer, int number, Timestamp value) => ProtoTime.Write(writer, number, value.Time);

    public override Timestamp ReadProto(ref ProtoReader reader, int wire, Timestamp before, int depth)
    {
        ProtoReader.Expect(wire, ProtoReader.Bytes);
        return Timestamp.From(ProtoTime.Read(reader.ReadBytes()));
    }
}

/// <summary>Times to the microsecond; absent is null where Go always writes the field.</summary>
internal sealed class MicroTimestampCodec : ScalarCodec<MicroTimestamp>
{
    private const string GoLayout = "2006-01-02T15:04:05.000000Z07:00";

    public override SchemaKind Kind => SchemaKind.MicroTimestamp;

    public override string GoName => "v1.MicroTime";

    public override bool IsEmpty(MicroTimestamp value) => false;

    public override void WriteEmpty(Utf8JsonWriter writer) => writer.WriteNullValue();

    public override void Write(Utf8JsonWriter writer, MicroTimestamp value) => writer.WriteStringValue(value.ToString());

    public override MicroTimestamp Read(ref Utf8JsonReader reader, DecodeContext context)
    {
        if (reader.TokenType != JsonTokenType.String) throw context.WrongType(Codecs.NameOf(ref reader), "string");
        var text = StringCache.Get(ref reader);
        return MicroTimestamp.TryParse(text, out var value) ? value : throw TimestampCodec.Wrong(text, GoLayout);
    }

    public override MicroTimestamp NoValue => MicroTimestamp.From(DateTimeOffset.UnixEpoch);

    public override void WriteProto(ProtoWriter writer, int number, MicroTimestamp value) => ProtoTime.Write(writer, number, value.Time);

    public override MicroTimestamp ReadProto(ref ProtoReader reader, int wire, MicroTimestamp before, int depth)
    {
        ProtoReader.Expect(wire, ProtoReader.Bytes);
        return MicroTimestamp.From(ProtoTime.Read(reader.ReadBytes()));
    }
}

/// <summary>Bytes as base64.</summary>
internal sealed class BytesCodec : ScalarCodec<ByteString>
{
    public override SchemaKind Kind => SchemaKind.Bytes;

    public override string GoName => "[]uint8";

    public override bool IsEmpty(ByteString value) => value.Length == 0;

    public override void WriteEmpty(Utf8JsonWriter writer) => writer.WriteNullValue();

    public override void Write(Utf8JsonWriter writer, ByteString value) => writer.WriteBase64StringValue(value.Span);

    public override ByteString Read(ref Utf8JsonReader reader, DecodeContext context)
    {
        if (reader.TokenType == JsonTokenType.Null) return default;
        if (reader.TokenType != JsonTokenType.String) throw context.WrongType(Codecs.NameOf(ref reader), GoName);
        return reader.TryGetBytesFromBase64(out var bytes) ? ByteString.Wrap(bytes) : throw IllegalBase64(ref reader);
    }

    private static DecodeException IllegalBase64(ref Utf8JsonReader reader)
    {
        var text = reader.GetString()!;
        var place = text.AsSpan().IndexOfAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
        return new DecodeException(string.Create(
            CultureInfo.InvariantCulture, $"illegal base64 data at input byte {(place < 0 ? text.Length - (text.Length % 4) : place)}"));
    }

    public override void WriteProto(ProtoWriter writer, int number, ByteString value) => writer.Bytes(number, value.Span);

    public override ByteString ReadProto(ref ProtoReader reader, int wire, ByteString before, int depth)
    {
        ProtoReader.Expect(wire, ProtoReader.Bytes);
        return ByteString.From(reader.ReadBytes());
    }
}

/// <summary>Quantities: texts, or plain numbers when reading.</summary>
internal sealed class QuantityCodec : ScalarCodec<Quantity>
{
    public override SchemaKind Kind => SchemaKind.Quantity;

    public override string GoName => "resource.Quantity";

    public override void Write(Utf8JsonWriter writer, Quantity value) => writer.WriteStringValue(value.ToString());

    public override Quantity Read(ref Utf8JsonReader reader, DecodeContext context)
    {
        if (reader.TokenType == JsonTokenType.Null) return default;
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number)) throw new DecodeException(Quantity.FormatError);
        var text = reader.TokenType == JsonTokenType.String ? StringCache.Get(ref reader) : StringCache.Get(reader.ValueSpan);
        return Quantity.TryParse(text.Trim(), out var value, out var error) ? value : throw new DecodeException(error);
    }

    public override void WriteProto(ProtoWriter writer, int number, Quantity value)
    {
        var begin = writer.Open(number);
        writer.Text(1, value.ToString());
        writer.Close(begin);
    }

    public override Quantity ReadProto(ref ProtoReader reader, int wire, Quantity before, int depth)
    {
        ProtoReader.Expect(wire, ProtoReader.Bytes);
        var message = new ProtoReader(reader.ReadBytes());
        var value = default(Quantity);
        while (message.NextField(out var number, out var inner))
        {
            if (number != 1) message.Skip(inner);
            else if (!Quantity.TryParse(message.ReadText(), out value, out var error)) throw new DecodeException(error);
        }

        return value;
    }
}

/// <summary>Numbers or texts.</summary>
internal sealed class IntOrStringCodec : ScalarCodec<IntOrString>
{
    public override SchemaKind Kind => SchemaKind.IntOrString;

    public override string GoName => "intstr.IntOrString";

    public override void Write(Utf8JsonWriter writer, IntOrString value)
    {
        if (value.IsString) writer.WriteStringValue(value.StringValue);
        else writer.WriteNumberValue(value.IntValue);
    }

    public override IntOrString Read(ref Utf8JsonReader reader, DecodeContext context) => reader.TokenType switch
    {
        JsonTokenType.String => IntOrString.FromString(StringCache.Get(ref reader)),
        JsonTokenType.Number => IntOrString.FromInt(Codecs.Int32.Read(ref reader, context)),
        JsonTokenType.Null => default,
        _ => throw context.WrongType(Codecs.NameOf(ref reader), "int32"),
    };

    public override void WriteProto(ProtoWriter writer, int number, IntOrString value)
    {
        var begin = writer.Open(number);
        writer.Varint(1, value.IsString ? 1u : 0u);
        writer.Varint(2, (ulong)(long)value.IntValue);
        writer.Text(3, value.StringValue);
        writer.Close(begin);
    }

    public override IntOrString ReadProto(ref ProtoReader reader, int wire, IntOrString before, int depth)
    {
        ProtoReader.Expect(wire, ProtoReader.Bytes);
        var message = new ProtoReader(reader.ReadBytes());
        var (isText, count, text) = (false, 0, "");
        while (message.NextField(out var number, out var inner))
        {
            switch (number)
            {
                case 1: isText = message.ReadVarint() == 1; break;
                case 2: count = (int)message.ReadVarint(); break;
                case 3: text = message.ReadText(); break;
                default: message.Skip(inner); break;
            }
        }

        return isText ? IntOrString.FromString(text) : IntOrString.FromInt(count);
    }
}

/// <summary>Any JSON.</summary>
internal sealed class JsonTreeCodec : Codec<JsonValue?>
{
    public override SchemaKind Kind => SchemaKind.Json;

    public override string GoName => "interface {}";

    public override bool IsAbsent(JsonValue? value) => value is null;

    public override bool IsEmpty(JsonValue? value) => value is null;

    public override void WriteEmpty(Utf8JsonWriter writer) => writer.WriteNullValue();

    public override void Write(Utf8JsonWriter writer, JsonValue? value) => value!.WriteTo(writer);

    public override JsonValue? Read(ref Utf8JsonReader reader, DecodeContext context) => JsonValue.Read(ref reader);

    // RawExtension, FieldsV1 and JSON alike are messages of one field with the JSON's bytes.
    public override void WriteProto(ProtoWriter writer, int number, JsonValue? value)
    {
        var begin = writer.Open(number);
        writer.Bytes(1, GoJson.Write(value!));
        writer.Close(begin);
    }

    public override JsonValue? ReadProto(ref ProtoReader reader, int wire, JsonValue? before, int depth)
    {
        ProtoReader.Expect(wire, ProtoReader.Bytes);
        var message = new ProtoReader(reader.ReadBytes());
        JsonValue? value = null;
        while (message.NextField(out var number, out var inner))
        {
            if (number == 1) value = JsonValue.Parse(message.ReadBytes());
            else message.Skip(inner);
        }

        return value;
    }
}
