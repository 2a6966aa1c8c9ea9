using ActorPlane.Api;
using Google.Protobuf;

namespace ActorPlane.Host.Http;

/// <summary>
/// An OpenAPI document of version 2 in protobuf, as kubectl asks for it. Field numbers: <c>OpenAPIv2.proto</c> of google/gnostic.
/// Extensions are texts of YAML there; JSON is YAML.
/// </summary>
internal static class OpenApiProtobuf
{
    /// <summary>Encodes a document whose parts are those that <see cref="OpenApiDefinitions"/> and <see cref="OpenApiOperations"/> make.</summary>
    public static byte[] Encode(JsonValue document) => Message(output =>
    {
        Text(output, 1, document["swagger"]);
        Nested(output, 2, document["info"]!, static (part, info) =>
        {
            Text(part, 1, info["title"]);
            Text(part, 2, info["version"]);
        });
        Nested(output, 8, document["paths"]!, static (part, paths) => Entries(part, 2, paths, PathItem));
        Nested(output, 9, document["definitions"]!, static (part, definitions) => Entries(part, 1, definitions, Schema));
    });

    private static void PathItem(CodedOutputStream output, JsonValue item)
    {
        foreach (var member in item.Members)
        {
            var number = member.Name switch { "get" => 2, "put" => 3, "post" => 4, "delete" => 5, "patch" => 8, _ => 0 };
            if (number > 0) Nested(output, number, member.Value, Operation);
        }

        Each(output, 9, item["parameters"], Parameter);
    }

    private static void Operation(CodedOutputStream output, JsonValue operation)
    {
        Texts(output, 1, operation["tags"]);
        Text(output, 5, operation["operationId"]);
        Texts(output, 6, operation["produces"]);
        Texts(output, 7, operation["consumes"]);
        Each(output, 8, operation["parameters"], Parameter);
        Nested(output, 9, operation["responses"]!, static (part, responses) => Entries(part, 1, responses, static (value, response) =>
            Nested(value, 1, response, static (inner, tree) =>
            {
                Text(inner, 1, tree["description"]);
                if (tree["schema"] is { } schema) Nested(inner, 2, schema, static (item, type) => Nested(item, 1, type, Schema));
            })));
        Texts(output, 10, operation["schemes"]);
        Extensions(output, 13, operation);
    }

    // ParametersItem.parameter, then Parameter.body_parameter or .non_body_parameter, then the place of the latter.
    private static void Parameter(CodedOutputStream output, JsonValue parameter) => Nested(output, 1, parameter, static (item, tree) =>
    {
        var place = tree["in"]!.AsString;
        if (place == "body")
        {
            Nested(item, 1, tree, static (body, inner) =>
            {
                Text(body, 2, inner["name"]);
                Text(body, 3, inner["in"]);
                Flag(body, 4, inner["required"]);
                Nested(body, 5, inner["schema"]!, Schema);
            });
            return;
        }

        Nested(item, 2, tree, (other, inner) => Nested(other, place == "path" ? 4 : 3, inner, (part, fields) =>
        {
            Flag(part, 1, fields["required"]);
            Text(part, 2, fields["in"]);
            Text(part, 4, fields["name"]);
            Text(part, place == "path" ? 5 : 6, fields["type"]);
            Flag(part, place == "path" ? 19 : 20, fields["uniqueItems"]);
        }));
    });

    private static void Schema(CodedOutputStream output, JsonValue schema)
    {
        Text(output, 1, schema["$ref"]);
        Text(output, 2, schema["format"]);
        Text(output, 4, schema["description"]);
        Texts(output, 19, schema["required"]);
        Each(output, 20, schema["enum"], Any);
        if (schema["additionalProperties"] is { } values) Nested(output, 21, values, static (part, value) => Values(part, value));
        if (schema["type"] is { } type) Nested(output, 22, type, static (part, value) => Text(part, 1, value));
        if (schema["items"] is { } items) Nested(output, 23, items, static (part, value) => Nested(part, 1, value, Schema));
        if (schema["properties"] is { } properties) Nested(output, 25, properties, static (part, value) => Entries(part, 1, value, Schema));
        Extensions(output, 31, schema);
    }

    private static void Values(CodedOutputStream output, JsonValue schema)
    {
        if (schema.IsObject) Nested(output, 1, schema, Schema);
        else Flag(output, 2, schema);
    }

    private static void Extensions(CodedOutputStream output, int number, JsonValue tree)
    {
        foreach (var member in tree.Members)
        {
            if (!member.Name.StartsWith("x-", StringComparison.Ordinal)) continue;
            Nested(output, number, member.Value, (part, value) =>
            {
                Text(part, 1, JsonValue.Of(member.Name));
                Nested(part, 2, value, Any);
            });
        }
    }

    private static void Any(CodedOutputStream output, JsonValue yaml) => Text(output, 2, JsonValue.Of(System.Text.Encoding.UTF8.GetString(yaml.ToUtf8())));

    /// <summary>A map: messages of a name and a value.</summary>
    private static void Entries(CodedOutputStream output, int number, JsonValue map, Action<CodedOutputStream, JsonValue> write)
    {
        foreach (var member in map.Members)
        {
            Nested(output, number, member.Value, (part, value) =>
            {
                Text(part, 1, JsonValue.Of(member.Name));
                Nested(part, 2, value, write);
            });
        }
    }

    private static void Each(CodedOutputStream output, int number, JsonValue? list, Action<CodedOutputStream, JsonValue> write)
    {
        foreach (var item in (list ?? JsonValue.EmptyArray).Items) Nested(output, number, item, write);
    }

    private static void Texts(CodedOutputStream output, int number, JsonValue? list)
    {
        foreach (var item in (list ?? JsonValue.EmptyArray).Items) Text(output, number, item);
    }

    private static void Text(CodedOutputStream output, int number, JsonValue? text)
    {
        if (text?.AsString is not { } value) return;
        output.WriteTag(number, WireFormat.WireType.LengthDelimited);
        output.WriteString(value);
    }

    private static void Flag(CodedOutputStream output, int number, JsonValue? flag)
    {
        if (flag != JsonValue.True) return;
        output.WriteTag(number, WireFormat.WireType.Varint);
        output.WriteBool(true);
    }

    private static void Nested(CodedOutputStream output, int number, JsonValue tree, Action<CodedOutputStream, JsonValue> write)
    {
        output.WriteTag(number, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(Google.Protobuf.ByteString.CopyFrom(Message(part => write(part, tree))));
    }

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var memory = new MemoryStream();
        using var output = new CodedOutputStream(memory, 256);
        write(output);
        output.Flush();
        return memory.ToArray();
    }
}
