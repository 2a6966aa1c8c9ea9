using ActorPlane.Api;

namespace ActorPlane.Host.Http;

/// <summary>
/// The schema of a custom resource as a document shows it: the definition's own, with the fields that every object has
/// (<c>apiextensions-apiserver/pkg/controller/openapi/builder</c>, <c>v2/conversion.go</c>).
/// </summary>
internal static class OpenApiCustomSchema
{
    private const string PreservesUnknown = "x-kubernetes-preserve-unknown-fields";

    /// <summary>The schema of a version's objects.</summary>
    /// <param name="schema">The version.</param>
    /// <param name="version">2 or 3.</param>
    /// <param name="header">apiVersion, kind and metadata.</param>
    public static JsonValue Of(CustomObjectSchema schema, int version, params ReadOnlySpan<JsonMember> header)
    {
        var source = version == 2 ? Second(schema.Structure.Source) : schema.Structure.Source;
        var properties = source["properties"] ?? JsonValue.EmptyObject;
        foreach (var member in header) properties = properties.With(member.Name, member.Value);
        var tree = source.With("type", JsonValue.Of("object"));
        return source[PreservesUnknown] == JsonValue.True && version == 2 ? tree : tree.With("properties", properties);
    }

    /// <summary>
    /// Version 2 knows neither null nor alternatives, and clients refuse what is not among the properties: where the schema
    /// allows such things, the document says nothing.
    /// </summary>
    private static JsonValue Second(JsonValue schema)
    {
        if (!schema.IsObject) return schema;
        var isNullable = schema["nullable"] == JsonValue.True;
        var isOpen = schema[PreservesUnknown] == JsonValue.True;
        var members = new List<JsonMember>();
        foreach (var (name, value) in schema.Members)
        {
            switch (name)
            {
                case "nullable" or "oneOf" or "anyOf" or "allOf" or "not" or "default":
                    break;
                case "type" when isNullable || schema["x-kubernetes-int-or-string"] == JsonValue.True:
                    break;
                case "items" or "properties" or "additionalProperties" or "required" when isNullable || isOpen:
                    break;
                case "properties":
                    members.Add(new JsonMember(name, JsonValue.Object(value.Members.ToArray().Select(member => member with { Value = Second(member.Value) }))));
                    break;
                case "items" or "additionalProperties":
                    members.Add(new JsonMember(name, Second(value)));
                    break;
                default:
                    members.Add(new JsonMember(name, value));
                    break;
            }
        }

        return JsonValue.Object(members);
    }
}
