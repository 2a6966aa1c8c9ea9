using System.Text.RegularExpressions;
using ActorPlane.Api;

namespace ActorPlane.Host.Manifests;

/// <summary>
/// Reads manifest files, all of them before anything is applied: what is wrong in the last one must not leave the first
/// one half done. Fields are decoded strictly, as <c>kubectl apply</c> does by default.
/// </summary>
internal static partial class ManifestLoader
{
    /// <summary>The objects of all files, in order; <c>-</c> is standard input.</summary>
    /// <exception cref="InputFileException">A file cannot be read, is no YAML, or holds what the API does not know.</exception>
    public static IReadOnlyList<ManifestObject> Load(IEnumerable<string> files, TextReader standardInput) =>
        [.. files.SelectMany(file => Read(file, standardInput)).SelectMany(document => Objects(document))];

    /// <summary>The objects of one text.</summary>
    /// <param name="name">What errors call it.</param>
    public static IReadOnlyList<ManifestObject> LoadText(string name, TextReader text) =>
        [.. new YamlReader(name).Read(text).SelectMany(document => Objects(document))];

    private static IReadOnlyList<ManifestDocument> Read(string file, TextReader standardInput)
    {
        if (file == "-") return new YamlReader("standard input").Read(standardInput);
        try
        {
            using var text = new StreamReader(file);
            return new YamlReader(file).Read(text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputFileException(file, null, null, e.Message);
        }
    }

    private static IEnumerable<ManifestObject> Objects(ManifestDocument document) => Objects(document, document.Content, "");

    private static IEnumerable<ManifestObject> Objects(ManifestDocument document, JsonValue tree, string prefix)
    {
        if (!tree.IsObject) throw Wrong(document, prefix, "", "an object is wanted here");
        var apiVersion = tree["apiVersion"]?.AsString ?? throw Wrong(document, prefix, "apiVersion", "the field is required");
        var kind = tree["kind"]?.AsString ?? throw Wrong(document, prefix, "kind", "the field is required");
        if (apiVersion == "v1" && kind == "List")
        {
            var items = tree["items"] ?? JsonValue.EmptyArray;
            for (var i = 0; i < items.Items.Length; i++)
            {
                foreach (var item in Objects(document, items.Items[i], $"{prefix}items[{i}].")) yield return item;
            }

            yield break;
        }

        yield return Decode(document, tree, prefix, apiVersion, kind);
    }

    private static ManifestObject Decode(ManifestDocument document, JsonValue tree, string prefix, string apiVersion, string kind)
    {
        var info = KubeTypes.Find(apiVersion, kind) ?? throw Wrong(document, prefix, "kind", $"no matches for kind \"{kind}\" in version \"{apiVersion}\"");
        IKubeObject item;
        try
        {
            item = (IKubeObject)JsonCodec.Decode(info.Schema, tree, strict: true, out var strictErrors);
            if (strictErrors is [var first, ..]) throw Wrong(document, prefix, QuotedField().Match(first).Groups[1].Value, first);
        }
        catch (DecodeException e)
        {
            throw Wrong(document, prefix, e.Field, e.Message);
        }

        if (info.Namespaced && string.IsNullOrEmpty(item.Metadata.Namespace)) item = item.WithMetadata(item.Metadata with { Namespace = "default" });
        var errors = Validator.Validate(Defaulting.Apply(item));
        if (errors is [var error, ..]) throw Wrong(document, prefix, error.Field, error.Body);
        return new ManifestObject(info.GroupResource, item, tree, $"{document.File}:{document.LineOf(prefix.TrimEnd('.'))}");
    }

    private static InputFileException Wrong(ManifestDocument document, string prefix, string field, string problem) =>
        new(document.File, document.LineOf(prefix + field), prefix + field, problem);

    [GeneratedRegex("field \"([^\"]+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex QuotedField();
}
