using System.Text.Json.Nodes;

namespace ActorPlane.Host.Tests.Golden;

/// <summary>Where an answer of ours is not what was recorded.</summary>
/// <param name="Path">The place: <c>metadata.labels.app</c>, <c>rows[0].cells[2]</c>, <c>status</c>.</param>
/// <param name="Recorded">Null when it is not in the record.</param>
/// <param name="Ours">Null when it is not in our answer.</param>
public sealed record Difference(string Path, JsonNode? Recorded, JsonNode? Ours)
{
    public override string ToString() => $"{Path}: recorded {Short(Recorded)}, ours {Short(Ours)}";

    /// <summary>All differences of two documents, except for what must differ.</summary>
    /// <param name="mustDiffer">Whether two values at a path are the same as far as two runs can be.</param>
    public static List<Difference> Between(JsonNode? recorded, JsonNode? ours, Func<string, JsonNode?, JsonNode?, bool> mustDiffer)
    {
        var found = new List<Difference>();
        Walk("", ByName(recorded), ByName(ours));
        return found;

        void Walk(string path, JsonNode? left, JsonNode? right)
        {
            if (mustDiffer(path, left, right)) return;
            switch (left, right)
            {
                case (JsonObject one, JsonObject other):
                    foreach (var (name, value) in one) Member(path, name, value, other.ContainsKey(name), other[name]);
                    foreach (var (name, value) in other)
                    {
                        if (!one.ContainsKey(name)) Missing(Join(path, name), null, value ?? "null");
                    }

                    break;
                case (JsonArray one, JsonArray other):
                    for (var i = 0; i < Math.Max(one.Count, other.Count); i++)
                    {
                        if (i >= other.Count) Missing($"{path}[{i}]", one[i], null);
                        else if (i >= one.Count) Missing($"{path}[{i}]", null, other[i]);
                        else Walk($"{path}[{i}]", one[i], other[i]);
                    }

                    break;
                default:
                    if (!JsonNode.DeepEquals(left, right)) found.Add(new Difference(path, left, right));
                    break;
            }
        }

        void Member(string path, string name, JsonNode? value, bool isThere, JsonNode? there)
        {
            if (isThere) Walk(Join(path, name), value, there);
            else Missing(Join(path, name), value ?? "null", null);
        }

        void Missing(string path, JsonNode? left, JsonNode? right)
        {
            if (!mustDiffer(path, left, right)) found.Add(new Difference(path, left, right));
        }
    }

    /// <summary>
    /// The document with the lists whose order tells nothing as objects: what discovery offers, by its names, and the owners of fields,
    /// which are ordered by their times.
    /// </summary>
    private static JsonNode? ByName(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject item:
                var members = new JsonObject();
                foreach (var (name, value) in item)
                {
                    members[name] = value is JsonArray list && KeyOf(name, item) is { } key
                        ? new JsonObject(list.Select(one => KeyValuePair.Create(key(one!.AsObject()), ByName(one))))
                        : ByName(value);
                }

                return members;
            case JsonArray items:
                return new JsonArray([.. items.Select(ByName)]);
            default:
                return node?.DeepClone();
        }
    }

    private static Func<JsonObject, string>? KeyOf(string list, JsonObject parent) => (list, parent["kind"]?.ToString()) switch
    {
        ("managedFields", _) => static entry => string.Join('/', new[] { "manager", "operation", "apiVersion", "subresource" }.Select(name => entry[name]?.ToString())),
        ("items", "APIGroupDiscoveryList") => static group => group["metadata"]!["name"]?.ToString() ?? "",
        ("groups", "APIGroupList") => static group => group["name"]!.ToString(),
        ("versions", null) when parent["versions"]![0] is JsonObject first && first["version"] is not null => static version => version["version"]!.ToString(),
        ("resources", null or "APIResourceList") when parent["freshness"] is not null || parent["groupVersion"] is not null =>
            static resource => (resource["resource"] ?? resource["name"])!.ToString(),
        ("subresources", null) when parent["subresources"] is JsonArray => static part => part["subresource"]!.ToString(),
        _ => null,
    };

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Short(JsonNode? node)
    {
        var text = node?.ToJsonString(Relaxed) ?? "nothing";
        return text.Length > 300 ? text[..300] + "..." : text;
    }

    private static readonly System.Text.Json.JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
