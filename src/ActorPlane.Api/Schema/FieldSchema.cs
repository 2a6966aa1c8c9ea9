using System.Text.Json;

namespace ActorPlane.Api;

/// <summary>One field of a message.</summary>
public abstract class FieldSchema
{
    /// <summary>Names the field.</summary>
    protected FieldSchema(string jsonName) => JsonName = jsonName;

    /// <summary>Its name in JSON.</summary>
    public string JsonName { get; }

    /// <summary>Its number in protobuf; 0 when it has none.</summary>
    public int ProtoNumber { get; internal init; }

    /// <summary>The number of the protobuf message around it that JSON flattens; 0 when there is none.</summary>
    public int ProtoWrapper { get; internal init; }

    /// <summary>How Go declares it.</summary>
    public FieldFlags Flags { get; internal init; }

    /// <summary>How its list is owned.</summary>
    public ListType ListType { get; internal init; }

    /// <summary>The keys of its list's elements, for <see cref="ListType.Map"/>.</summary>
    public ValueList<string> ListMapKeys { get; internal init; } = ValueList<string>.Empty;

    /// <summary>The key by which a strategic merge patch tells its elements apart.</summary>
    public string? PatchMergeKey { get; internal init; }

    /// <summary>How a strategic merge patch treats it.</summary>
    public PatchStrategy PatchStrategy { get; internal init; }

    /// <summary>The value that stands for an absent list key (a port's protocol).</summary>
    public string? Default { get; internal init; }

    /// <summary>Whether the map or object that it holds is owned as a whole.</summary>
    public bool IsAtomic { get; internal init; }

    /// <summary>The shape of its value.</summary>
    public abstract ValueSchema Value { get; }

    internal JsonEncodedText EncodedName { get; private protected init; }

    /// <summary>Writes name and value, unless Go would leave them out.</summary>
    internal abstract void WriteJson(Utf8JsonWriter writer, object owner);

    /// <summary>Reads the value that the reader stands on into the owner, which nobody else sees yet.</summary>
    internal abstract void ReadJson(ref Utf8JsonReader reader, object owner, DecodeContext context);

    /// <summary>Writes the field, unless there is no value.</summary>
    internal abstract void WriteProto(ProtoWriter writer, object owner);

    /// <summary>Reads one occurrence of the field into the owner, which nobody else sees yet.</summary>
    internal abstract void ReadProto(ref ProtoReader reader, int wire, object owner, int depth);
}
