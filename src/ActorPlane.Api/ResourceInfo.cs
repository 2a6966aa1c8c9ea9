namespace ActorPlane.Api;

/// <summary>A resource of the API: what discovery tells of it, and the type behind it.</summary>
public sealed record ResourceInfo
{
    /// <summary>Its kind.</summary>
    public required GroupVersionKind Gvk { get; init; }

    /// <summary>Plural, lower case: <c>pods</c>.</summary>
    public required string Plural { get; init; }

    /// <summary>Singular, lower case: <c>pod</c>.</summary>
    public required string Singular { get; init; }

    /// <summary>Whether its objects live in a namespace.</summary>
    public required bool Namespaced { get; init; }

    /// <summary>Short names: <c>po</c>.</summary>
    public ValueList<string> ShortNames { get; init; } = ValueList<string>.Empty;

    /// <summary>Groups of resources that it belongs to: <c>all</c>.</summary>
    public ValueList<string> Categories { get; init; } = ValueList<string>.Empty;

    /// <summary>What can be done with it: create, delete, deletecollection, get, list, patch, update, watch; in that order.</summary>
    public required ValueList<string> Verbs { get; init; }

    /// <summary>Its subresources, by name.</summary>
    public ValueList<SubresourceInfo> Subresources { get; init; } = ValueList<SubresourceInfo>.Empty;

    /// <summary>The kind as which its objects are stored: the same one, unless another version or group is the storage version.</summary>
    public GroupVersionKind StorageGvk
    {
        get => field == default ? Gvk : field;
        init;
    }

    /// <summary>The kind of lists of it.</summary>
    public string ListKind
    {
        get => field ?? Gvk.Kind + "List";
        init;
    }

    /// <summary>What a definition says of it; null for built-in resources.</summary>
    public CustomVersion? Custom { get; init; }

    /// <summary>Group, version and plural.</summary>
    public GroupVersionResource Gvr => new(Gvk.Group, Gvk.Version, Plural);

    /// <summary>As errors name it: <c>deployments.apps</c>, or <c>pods</c> for the core group.</summary>
    public string GroupResource => Gvr.GroupResource;

    /// <summary>The descriptor of its type.</summary>
    public ObjectSchema Schema => SchemaOf();

    /// <summary>Asks for the descriptor; only when it is needed, since descriptors are built on first use.</summary>
    internal Func<ObjectSchema> SchemaOf { get; init; } = static () => throw new InvalidOperationException("The resource has no type.");

    /// <summary>Whether a verb is offered.</summary>
    public bool Allows(string verb) => Verbs.Contains(verb);

    /// <summary>A subresource by name; null when there is none.</summary>
    public SubresourceInfo? Subresource(string name) => Subresources.Find(s => string.Equals(s.Name, name, StringComparison.Ordinal));
}
