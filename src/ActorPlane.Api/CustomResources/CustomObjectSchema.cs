using System.Text.Json;
using ActorPlane.Api.ApiExtensions.V1;
using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Api;

/// <summary>
/// The descriptor of one version of a custom resource. Objects are read whole: doubled members are joined, metadata is decoded as that of
/// every object, and what the schema does not know is dropped and, under strict decoding, told.
/// Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/customresource_handler.go (schemaCoercingDecoder).
/// </summary>
public sealed class CustomObjectSchema : ObjectSchema
{
    private static readonly JsonEncodedText ApiVersionName = JsonEncodedText.Encode("apiVersion");
    private static readonly JsonEncodedText KindName = JsonEncodedText.Encode("kind");
    private static readonly JsonEncodedText MetadataName = JsonEncodedText.Encode("metadata");

    private readonly CustomObject _empty;
    private readonly Lazy<CustomRules?> _rules;

    /// <param name="gvk">Group, version and kind of its objects.</param>
    /// <param name="structure">Their structural schema.</param>
    /// <param name="scale">Where their replicas are, if they can be scaled.</param>
    public CustomObjectSchema(GroupVersionKind gvk, CustomSchema structure, CustomResourceSubresourceScale? scale = null)
        : base($"{string.Join('.', gvk.Group.Split('.').Reverse())}.{gvk.Version}.{gvk.Kind}", [.. structure.Fields])
    {
        (Gvk, Structure, Scale) = (gvk, structure, scale);
        _rules = new Lazy<CustomRules?>(() => CustomRules.Of(structure.Source));
        _empty = new CustomObject(this, ObjectMeta.Empty, JsonValue.EmptyObject);
    }

    /// <summary>Group, version and kind of its objects.</summary>
    public GroupVersionKind Gvk { get; }

    /// <summary>Their structural schema.</summary>
    public CustomSchema Structure { get; }

    /// <summary>Where their replicas are; null when they cannot be scaled.</summary>
    public CustomResourceSubresourceScale? Scale { get; }

    /// <summary>The rules in CEL, compiled when they are first asked for; null when there are none.</summary>
    internal CustomRules? Rules => _rules.Value;

    /// <inheritdoc/>
    public override Type Type => typeof(CustomObject);

    /// <inheritdoc/>
    public override object EmptyObject => _empty;

    /// <inheritdoc/>
    public override ValueSchema? Element => Structure.Element;

    /// <inheritdoc/>
    public override bool HasProtobuf => false;

    private protected override object Create() => throw new InvalidOperationException("A custom object is read whole.");

    /// <summary>The object behind a tree. Throws <see cref="DecodeException"/>.</summary>
    internal CustomObject Read(JsonValue tree, DecodeContext context)
    {
        var metadata = ObjectMeta.Empty;
        if (tree["metadata"] is { IsNull: false } given)
        {
            context.Enter("metadata", Gvk.Kind);
            var reader = new Utf8JsonReader(given.ToUtf8(), new JsonReaderOptions { MaxDepth = JsonValue.MaxDepth });
            reader.Read();
            metadata = (ObjectMeta)ObjectMeta.Descriptor.ReadJson(ref reader, context);
            context.Leave();
        }

        var content = Deduplicated(tree, context);
        content = content.Without("apiVersion").Without("kind").Without("metadata");
        return new CustomObject(this, metadata, Structure.PruneContent(content, context.Strict ? context.Unknown : null));
    }

    internal override object ReadJson(ref Utf8JsonReader reader, DecodeContext context)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw context.WrongType(Codecs.NameOf(ref reader), "map[string]interface {}");
        return Read(JsonValue.Read(ref reader), context);
    }

    internal override void WriteJson(Utf8JsonWriter writer, object value, bool withHeader = true)
    {
        // In lists too: their items may be of any kind for the client.
        var item = (CustomObject)value;
        writer.WriteStartObject();
        writer.WriteString(ApiVersionName, item.ApiVersion);
        writer.WriteString(KindName, item.Kind);
        writer.WritePropertyName(MetadataName);
        ObjectMeta.Descriptor.WriteJson(writer, item.Metadata);
        foreach (var (name, member) in item.Content.Members)
        {
            writer.WritePropertyName(name);
            member.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private static JsonValue Deduplicated(JsonValue value, DecodeContext context)
    {
        if (value.IsArray)
        {
            JsonValue[]? items = null;
            context.EnterItem(0);
            for (var i = 0; i < value.Items.Length; i++)
            {
                context.SetItem(i);
                var item = Deduplicated(value.Items[i], context);
                if (items is null && ReferenceEquals(item, value.Items[i])) continue;
                items ??= value.Items.ToArray();
                items[i] = item;
            }

            context.Leave();
            return items is null ? value : JsonValue.WrapArray(items);
        }

        if (!value.IsObject) return value;
        var names = new HashSet<string>(value.Members.Length, StringComparer.Ordinal);
        var result = new JsonObjectBuilder(JsonValue.EmptyObject);
        var changed = false;
        foreach (var (name, member) in value.Members)
        {
            if (!names.Add(name))
            {
                changed = true;
                if (context.Strict) context.Duplicate(name);
            }

            context.Enter(name, null);
            var kept = Deduplicated(member, context);
            context.Leave();
            changed |= !ReferenceEquals(kept, member);
            result[name] = kept;
        }

        return changed ? result.Build() : value;
    }
}
