using System.Globalization;
using System.Text;

namespace ActorPlane.Api;

/// <summary>
/// Where in an object something is: <c>spec.containers[0].image</c>, <c>metadata.labels[a]</c>. Its text is worked out only when an error
/// shows it: most objects are fine.
/// </summary>
public sealed class FieldPath
{
    private readonly FieldPath? _parent;
    private readonly string? _name;
    private readonly string? _key;
    private readonly int _index;

    private FieldPath(FieldPath? parent, string? name, string? key, int index)
    {
        _parent = parent;
        _name = name;
        _key = key;
        _index = index;
    }

    /// <summary>The object itself.</summary>
    public static FieldPath Root { get; } = new(null, null, null, 0);

    /// <summary>A path of fields.</summary>
    public static FieldPath Of(params ReadOnlySpan<string> names)
    {
        var path = Root;
        foreach (var name in names) path = path.Child(name);
        return path;
    }

    /// <summary>A field below.</summary>
    public FieldPath Child(string name) => new(this, name, null, 0);

    /// <summary>An element of the list here.</summary>
    public FieldPath Index(int index) => new(this, null, null, index);

    /// <summary>An entry of the map here.</summary>
    public FieldPath Key(string key) => new(this, null, key, 0);

    /// <summary>The path as Kubernetes writes it; <c>&lt;nil&gt;</c> for the object itself.</summary>
    public override string ToString()
    {
        if (_parent is null) return "<nil>";
        var text = new StringBuilder();
        Write(text);
        return text.ToString();
    }

    private void Write(StringBuilder text)
    {
        if (_parent is null) return;
        _parent.Write(text);
        if (_name is "") text.Append("[]");
        else if (_name is not null) text.Append(text.Length == 0 ? "" : ".").Append(_name);
        else if (_key is not null) text.Append('[').Append(_key).Append(']');
        else text.Append('[').Append(_index.ToString(CultureInfo.InvariantCulture)).Append(']');
    }
}
