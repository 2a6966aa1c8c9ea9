using ActorPlane.Api;

namespace ActorPlane.Host.Manifests;

/// <summary>One document of a manifest file, with the place of each of its fields.</summary>
/// <param name="File">As the user named it; <c>-</c> is standard input.</param>
/// <param name="Line">Where the document begins, from 1.</param>
/// <param name="Lines">Field path, such as <c>spec.containers[0].image</c>, to line.</param>
public sealed record ManifestDocument(string File, int Line, JsonValue Content, IReadOnlyDictionary<string, int> Lines)
{
    /// <summary>The line of a field, or of the nearest field around it that is there.</summary>
    public int LineOf(string field)
    {
        var path = field;
        while (path.Length > 0)
        {
            if (Lines.TryGetValue(path, out var line)) return line;
            var end = Math.Max(path.LastIndexOf('.'), path.LastIndexOf('['));
            path = end < 0 ? "" : path[..end];
        }

        return Line;
    }
}
