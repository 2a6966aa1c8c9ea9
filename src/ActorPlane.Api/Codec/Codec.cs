using System.Text.Json;

namespace ActorPlane.Api;

/// <summary>Reads and writes the values of one schema.</summary>
internal abstract class Codec<T> : ValueSchema
{
    /// <summary>Go's name of the type, for error texts.</summary>
    public abstract string GoName { get; }

    /// <summary>What protobuf's empty message stands for.</summary>
    public virtual T NoValue => default!;

    /// <summary>Whether there is no value: null, or an empty list or map.</summary>
    public abstract bool IsAbsent(T value);

    /// <summary>Whether the value is what Go leaves out under <c>omitempty</c>.</summary>
    public abstract bool IsEmpty(T value);

    /// <summary>Writes what Go writes for no value.</summary>
    public abstract void WriteEmpty(Utf8JsonWriter writer);

    /// <summary>Writes a value that is not absent.</summary>
    public abstract void Write(Utf8JsonWriter writer, T value);

    /// <summary>Reads the value that the reader stands on; it is not null, except under <see cref="SchemaKind.Json"/>.</summary>
    public abstract T Read(ref Utf8JsonReader reader, DecodeContext context);

    /// <summary>Writes a value that is not absent as a protobuf field; lists and maps as several.</summary>
    public abstract void WriteProto(ProtoWriter writer, int number, T value);

    /// <summary>Reads one protobuf field; lists and maps add it to what was read before.</summary>
    public abstract T ReadProto(ref ProtoReader reader, int wire, T before, int depth);
}
