using System.Text.Json;

namespace ActorPlane.Api;

/// <summary>A field of a custom resource. Its values live in trees: it has no access of its own.</summary>
internal sealed class CustomField : FieldSchema
{
    private readonly ValueSchema _value;

    public CustomField(string jsonName, ValueSchema value, JsonValue source)
        : base(jsonName)
    {
        _value = value;
        EncodedName = JsonEncodedText.Encode(jsonName, JsonCodec.Encoder);
        ListType = source["x-kubernetes-list-type"]?.AsString switch { "map" => ListType.Map, "set" => ListType.Set, _ => ListType.Atomic };
        ListMapKeys = [.. (source["x-kubernetes-list-map-keys"] ?? JsonValue.EmptyArray).Items.ToArray().Select(k => k.AsString ?? "")];
        IsAtomic = source["x-kubernetes-map-type"]?.AsString == "atomic";
        Default = source["default"]?.AsString;
    }

    public override ValueSchema Value => _value;

    internal override void WriteJson(Utf8JsonWriter writer, object owner) => throw NoAccess();

    internal override void ReadJson(ref Utf8JsonReader reader, object owner, DecodeContext context) => throw NoAccess();

    internal override void WriteProto(ProtoWriter writer, object owner) => throw NoAccess();

    internal override void ReadProto(ref ProtoReader reader, int wire, object owner, int depth) => throw NoAccess();

    private static InvalidOperationException NoAccess() => new("A custom resource is a tree.");
}
