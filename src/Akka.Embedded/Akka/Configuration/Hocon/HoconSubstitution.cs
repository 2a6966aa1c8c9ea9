namespace Akka.Configuration.Hocon;

/// <summary>A reference to another value of the same text: <c>${path}</c>, or <c>${?path}</c> where the path may be missing.</summary>
public class HoconSubstitution : IHoconElement, IMightBeAHoconObject
{
    /// <summary>For subclasses.</summary>
    protected HoconSubstitution()
    {
        Path = null!;
        ResolvedValue = null!;
    }

    /// <summary>A reference that is not resolved yet.</summary>
    /// <param name="path">The dotted path from the root of the text; a leading <c>?</c> makes it optional.</param>
    public HoconSubstitution(string path)
    {
        IsOptional = path.StartsWith('?');
        Path = IsOptional ? path[1..] : path;
        ResolvedValue = null!;
    }

    /// <summary>The dotted path from the root of the text.</summary>
    public string Path { get; set; }

    /// <summary>The value that the path leads to, or <c>null</c> while (or because) there is none.</summary>
    public HoconValue ResolvedValue { get; set; }

    internal bool IsOptional { get; }

    /// <summary>Where in the text the reference stands, for messages.</summary>
    internal int Position { get; init; }

    /// <summary>What the field meant before the definition that contains this reference, if the reference is to the field itself.</summary>
    internal HoconValue? EarlierSelf { get; set; }

    internal bool IsSelfReference { get; set; }

    /// <inheritdoc />
    public bool IsString() => ResolvedValue?.IsString() ?? false;

    /// <inheritdoc />
    public string GetString() => ResolvedValue?.GetString()!;

    /// <inheritdoc />
    public bool IsArray() => ResolvedValue?.IsArray() ?? false;

    /// <inheritdoc />
    public IList<HoconValue> GetArray() => ResolvedValue?.GetArray() ?? [];

    /// <inheritdoc />
    public bool IsObject() => ResolvedValue?.IsObject() ?? false;

    /// <inheritdoc />
    public HoconObject GetObject() => ResolvedValue?.GetObject()!;
}
