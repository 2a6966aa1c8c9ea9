using System.Globalization;

namespace ActorPlane.Api;

/// <summary>Where in an object something is: <c>spec.containers[0].image</c>, <c>metadata.labels[a]</c>.</summary>
public sealed class FieldPath
{
    private readonly string _text;

    private FieldPath(string text) => _text = text;

    /// <summary>The object itself.</summary>
    public static FieldPath Root { get; } = new("");

    /// <summary>A path of fields.</summary>
    public static FieldPath Of(params ReadOnlySpan<string> names)
    {
        var path = Root;
        foreach (var name in names) path = path.Child(name);
        return path;
    }

    /// <summary>A field below.</summary>
    public FieldPath Child(string name) => new(_text.Length == 0 ? name : _text + "." + name);

    /// <summary>An element of the list here.</summary>
    public FieldPath Index(int index) => new(string.Create(CultureInfo.InvariantCulture, $"{_text}[{index}]"));

    /// <summary>An entry of the map here.</summary>
    public FieldPath Key(string key) => new($"{_text}[{key}]");

    /// <summary>The path as Kubernetes writes it; <c>&lt;nil&gt;</c> for the object itself.</summary>
    public override string ToString() => _text.Length == 0 ? "<nil>" : _text;
}
