namespace ActorPlane.Api;

/// <summary>What a write changes, in each version in which an owner knows the object.</summary>
internal sealed class WriteChanges(JsonValue before, JsonValue after, ValueSchema schema, FieldWrite write)
{
    private readonly Dictionary<string, Change?> _byVersion = new(StringComparer.Ordinal);
    private readonly FieldSet _ignored = FieldSet.OfPaths(write.Ignored);

    /// <summary>In the version written.</summary>
    public Change Own => In(write.ApiVersion)!.Value;

    /// <summary>In a version; null when it is not known any more.</summary>
    public Change? In(string? version)
    {
        version ??= write.ApiVersion;
        if (_byVersion.TryGetValue(version, out var known)) return known;
        Change? change = null;
        if (version == write.ApiVersion) change = Compare(before, after, schema);
        else if (write.InVersion(before, version) is { } old && write.InVersion(after, version) is { } now) change = Compare(old.Tree, now.Tree, now.Schema);
        _byVersion.Add(version, change);
        return change;
    }

    private Change Compare(JsonValue old, JsonValue now, ValueSchema type)
    {
        var (changed, removed) = TypedTree.Compare(old, now, type);
        return new Change(changed.ExceptBelow(_ignored), removed.ExceptBelow(_ignored));
    }

    /// <summary>Fields that were added or got another value, and fields that went.</summary>
    public readonly record struct Change(FieldSet Changed, FieldSet Removed);
}
