namespace ActorPlane.Api;

/// <summary>The shape of a value: what merges, validation of trees and documents need to know, for built-in and custom objects alike.</summary>
public abstract class ValueSchema
{
    /// <summary>What it is.</summary>
    public abstract SchemaKind Kind { get; }

    /// <summary>The schema of a list's elements or a map's values; null otherwise.</summary>
    public virtual ValueSchema? Element => null;

    /// <summary>The fields of a message; none otherwise.</summary>
    public virtual IReadOnlyList<FieldSchema> Fields => [];

    /// <summary>A message's field by its JSON name; null when there is none.</summary>
    public virtual FieldSchema? Find(string jsonName) => null;

    /// <summary>Whether the object or map is owned as a whole (<c>x-kubernetes-map-type: atomic</c>).</summary>
    public virtual bool IsAtomic => false;

    /// <summary>Whether any value may stand here, whatever <see cref="Kind"/> says of objects.</summary>
    public virtual bool IsUntyped => Kind == SchemaKind.Json;

    /// <summary>The message's schema behind this value, for built-in types; null otherwise.</summary>
    public virtual ObjectSchema? Message => null;
}
