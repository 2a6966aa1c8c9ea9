using System.Text.Json;

namespace ActorPlane.Api;

/// <summary><c>kind</c> or <c>apiVersion</c> of a type whose kind is fixed: always written, read and dropped.</summary>
internal sealed class HeaderField : FieldSchema
{
    private readonly JsonEncodedText _value;

    public HeaderField(string jsonName, string value)
        : base(jsonName)
    {
        EncodedName = JsonEncodedText.Encode(jsonName);
        _value = JsonEncodedText.Encode(value, JsonCodec.Encoder);
        FixedValue = value;
    }

    public string FixedValue { get; }

    public override ValueSchema Value => Codecs.String;

    internal override void WriteJson(Utf8JsonWriter writer, object owner) => writer.WriteString(EncodedName, _value);

    internal override void ReadJson(ref Utf8JsonReader reader, object owner, DecodeContext context)
    {
        if (reader.TokenType == JsonTokenType.Null) return;
        context.Enter(JsonName, owner.GetType().Name);
        Codecs.String.Read(ref reader, context);
        context.Leave();
    }

    // The envelope carries it.
    internal override void WriteProto(ProtoWriter writer, object owner)
    {
    }

    internal override void ReadProto(ref ProtoReader reader, int wire, object owner, int depth) => reader.Skip(wire);
}
