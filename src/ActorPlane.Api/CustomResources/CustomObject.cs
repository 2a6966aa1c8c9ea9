using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Api;

/// <summary>
/// An object of a custom resource: metadata as every object has it, and everything else as a tree. Immutable. Two are equal when they say
/// the same in the same version, whatever their schemas.
/// </summary>
public sealed class CustomObject : IKubeObject, IEquatable<CustomObject>
{
    private readonly CustomObjectSchema _schema;

    // What is stored, where the schema does not know all of it.
    private readonly JsonValue? _stored;

    /// <param name="schema">The version of the definition that it is written in.</param>
    /// <param name="metadata">Its metadata.</param>
    /// <param name="content">An object with all members but <c>apiVersion</c>, <c>kind</c> and <c>metadata</c>.</param>
    public CustomObject(CustomObjectSchema schema, ObjectMeta metadata, JsonValue content) => (_schema, Metadata, Content) = (schema, metadata, content);

    private CustomObject(CustomObjectSchema schema, ObjectMeta metadata, JsonValue content, JsonValue? stored)
        : this(schema, metadata, content) => _stored = stored;

    /// <inheritdoc/>
    public string ApiVersion => _schema.Gvk.ApiVersion;

    /// <inheritdoc/>
    public string Kind => _schema.Gvk.Kind;

    /// <inheritdoc/>
    public ObjectMeta Metadata { get; }

    /// <summary>All members but <c>apiVersion</c>, <c>kind</c> and <c>metadata</c>.</summary>
    public JsonValue Content { get; }

    /// <inheritdoc/>
    public ObjectSchema Schema => _schema;

    /// <summary>The schema of its version.</summary>
    public CustomSchema Structure => _schema.Structure;

    /// <inheritdoc/>
    public IKubeObject WithMetadata(ObjectMeta metadata) => new CustomObject(_schema, metadata, Content, _stored);

    /// <summary>The same object with other content.</summary>
    public CustomObject WithContent(JsonValue content) => ReferenceEquals(content, Content) ? this : new(_schema, Metadata, content);

    /// <summary>
    /// The same object in another version of its definition, as the conversion strategy None has it: the version is rewritten, and what
    /// the other schema does not know is dropped. This one when it is in that version already.
    /// </summary>
    public CustomObject In(CustomObjectSchema schema) =>
        ReferenceEquals(schema, _schema) ? this : new(schema, Metadata, schema.Structure.PruneContent(Content));

    /// <summary>
    /// As it is shown while its definition has this schema. What the schema does not know is not shown but remembered, for a schema that
    /// knows it again.
    /// </summary>
    public CustomObject Under(CustomObjectSchema schema)
    {
        var stored = _stored ?? Content;
        if (_stored is null && ReferenceEquals(schema, _schema)) return WithDefaults();
        var known = schema.Structure.PruneContent(stored);
        return new(schema, Metadata, schema.Structure.ApplyDefaults(known), known.Equals(stored) ? null : stored);
    }

    /// <summary>Only what is shown: what is written takes the place of what was stored.</summary>
    public CustomObject AsShown() => _stored is null ? this : new(_schema, Metadata, Content);

    /// <summary>With the schema's defaults where it says nothing.</summary>
    public CustomObject WithDefaults() => WithContent(Structure.ApplyDefaults(Content));

    /// <summary>The whole object as a tree.</summary>
    public JsonValue ToTree() => JsonValue.WrapObject(
    [
        new("apiVersion", JsonValue.Of(ApiVersion)), new("kind", JsonValue.Of(Kind)), new("metadata", JsonCodec.ToTree(Metadata)), .. Content.Members,
    ]);

    /// <inheritdoc/>
    public bool Equals(CustomObject? other) =>
        ReferenceEquals(this, other)
        || (other is not null && other._schema.Gvk == _schema.Gvk && Metadata.Equals(other.Metadata) && Content.Equals(other.Content));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CustomObject);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_schema.Gvk, Metadata.Namespace, Metadata.Name);

    /// <summary>The object as JSON.</summary>
    public override string ToString() => ToTree().ToString();
}
