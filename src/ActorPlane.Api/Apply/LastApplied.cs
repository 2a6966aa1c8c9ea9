namespace ActorPlane.Api;

/// <summary>
/// The annotation in which kubectl's client-side apply remembers what it applied. Server-side apply by kubectl honours it, so that an
/// object can go from one to the other. Source: apimachinery/pkg/util/managedfields/internal/lastapplied*.go.
/// </summary>
internal static class LastApplied
{
    /// <summary>The manager that all of this is for; others opt out by their name.</summary>
    public const string Manager = "kubectl";

    private const string Annotation = "kubectl.kubernetes.io/last-applied-configuration";

    /// <summary>All annotations of an object may have so many bytes.</summary>
    private const int MaxAnnotationBytes = 256 * 1024;

    /// <summary>The fields that were applied and are still as they were applied: no conflicts for the one who applied them. Null without the annotation.</summary>
    public static FieldSet? StillSo(JsonValue live, ValueSchema schema, string apiVersion)
    {
        if (Find(live) is not { Length: > 0 } text) return null;
        try
        {
            var applied = JsonValue.Parse(text);
            if (!applied.IsObject || applied["apiVersion"]?.AsString != apiVersion) return null;
            var (changed, removed) = TypedTree.Compare(applied, live, schema);
            return TypedTree.Fields(applied, schema).Except(changed).Except(removed);
        }
        catch (DecodeException)
        {
            return null;
        }
    }

    /// <summary>An object that has the annotation, with a new configuration in it.</summary>
    public static JsonValue Renew(JsonValue item, JsonValue config)
    {
        if (Find(item) is null) return item;
        var metadata = config["metadata"] ?? JsonValue.EmptyObject;
        if (metadata["annotations"] is { IsObject: true } given) metadata = metadata.With("annotations", given.Without(Annotation));
        var text = AsGoWrites(config.With("metadata", metadata.Without("managedFields")));
        var annotations = item["metadata"]!["annotations"]!;
        var bytes = 0L;
        foreach (var (name, value) in annotations.Members) bytes += name.Length + (name == Annotation ? text.Length : value.AsString?.Length ?? 0);
        annotations = bytes > MaxAnnotationBytes ? annotations.Without(Annotation) : annotations.With(Annotation, JsonValue.Of(text));
        return item.With("metadata", item["metadata"]!.With("annotations", annotations));
    }

    // Members in their order, and what means something in HTML escaped.
    private static string AsGoWrites(JsonValue tree) => Sorted(tree).ToString()
        .Replace("<", "\\u003c", StringComparison.Ordinal).Replace(">", "\\u003e", StringComparison.Ordinal).Replace("&", "\\u0026", StringComparison.Ordinal) + "\n";

    private static JsonValue Sorted(JsonValue tree)
    {
        if (tree.IsArray) return JsonValue.Array(tree.Items.ToArray().Select(Sorted));
        return tree.IsObject
            ? JsonValue.Object([.. tree.Members.ToArray().OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => new JsonMember(member.Name, Sorted(member.Value)))])
            : tree;
    }

    private static string? Find(JsonValue item) => item["metadata"]?["annotations"]?[Annotation]?.AsString;
}
