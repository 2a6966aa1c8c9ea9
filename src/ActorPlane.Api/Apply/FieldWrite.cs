namespace ActorPlane.Api;

/// <summary>Who writes an object, as managed fields record it.</summary>
/// <param name="Manager">The name: <c>fieldManager</c> of the request, else the first part of the user agent.</param>
/// <param name="ApiVersion">The version in which the object was written.</param>
/// <param name="Time">When.</param>
/// <param name="Subresource">The subresource that was written: <c>status</c>; empty for the object.</param>
public sealed record FieldWrite(string Manager, string ApiVersion, Timestamp Time, string Subresource = "")
{
    /// <summary>Fields that this write cannot change: <c>status</c> for the object, <c>spec</c> and <c>metadata.labels</c> for its status.</summary>
    public ValueList<string> Ignored { get; init; } = ValueList<string>.Empty;

    /// <summary>
    /// An object of the version written, in another version, with its type: owners who wrote in that one know its fields by other
    /// names. Null for a version that is not served any more: its owners are forgotten.
    /// </summary>
    public Func<JsonValue, string, (JsonValue Tree, ValueSchema Schema)?> InVersion { get; init; } = static (_, _) => null;
}
