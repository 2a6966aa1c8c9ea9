using System.Text.Json;

namespace ActorPlane.Api;

/// <summary>A value type that may be absent.</summary>
internal sealed class OptionalCodec<T>(Codec<T> inner) : Codec<T?>
    where T : struct
{
    public override SchemaKind Kind => inner.Kind;

    public override string GoName => inner.GoName;

    public override bool IsAbsent(T? value) => value is null;

    public override bool IsEmpty(T? value) => value is not { } present || inner.IsEmpty(present);

    public override void WriteEmpty(Utf8JsonWriter writer) => inner.WriteEmpty(writer);

    public override void Write(Utf8JsonWriter writer, T? value) => inner.Write(writer, value.GetValueOrDefault());

    public override T? Read(ref Utf8JsonReader reader, DecodeContext context) => inner.Read(ref reader, context);

    public override void WriteProto(ProtoWriter writer, int number, T? value) => inner.WriteProto(writer, number, value.GetValueOrDefault());

    public override T? ReadProto(ref ProtoReader reader, int wire, T? before, int depth)
    {
        var value = inner.ReadProto(ref reader, wire, default, depth);

        // Go's zero time is an empty message: no time at all.
        return inner.Kind is SchemaKind.Timestamp or SchemaKind.MicroTimestamp && EqualityComparer<T>.Default.Equals(value, inner.NoValue) ? null : value;
    }
}
