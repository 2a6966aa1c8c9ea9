using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Api;

/// <summary>A list of objects of one kind, as <c>list</c> answers it.</summary>
/// <param name="ApiVersion">Group and version of the items: <c>apps/v1</c>.</param>
/// <param name="Kind">The list's kind: <c>DeploymentList</c>.</param>
/// <param name="Metadata">Resource version, continue token, items that remain.</param>
/// <param name="Items">The objects.</param>
public sealed record KubeList<T>(string ApiVersion, string Kind, ListMeta Metadata, ValueList<T> Items)
    where T : IKubeObject
{
    /// <summary>The list as JSON in UTF-8. Items carry no kind and apiVersion, as in the real server's answers.</summary>
    public byte[] ToUtf8() => JsonCodec.Write(this, static (list, writer) =>
    {
        writer.WriteStartObject();
        writer.WriteString("kind", list.Kind);
        writer.WriteString("apiVersion", list.ApiVersion);
        writer.WritePropertyName("metadata");
        JsonCodec.WriteTo(writer, list.Metadata);
        writer.WriteStartArray("items");
        foreach (var item in list.Items) JsonCodec.WriteTo(writer, item, withHeader: false);
        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
