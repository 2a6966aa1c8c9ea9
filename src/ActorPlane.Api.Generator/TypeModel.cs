namespace ActorPlane.Api.Generator;

/// <summary>The kinds of values, as the generated code names them.</summary>
internal enum ValueForm
{
    String,
    Int32,
    Int64,
    Bool,
    Double,
    Timestamp,
    MicroTimestamp,
    Bytes,
    Quantity,
    IntOrString,
    Json,
    Message,
    List,
    Map,
}

/// <summary>A value's type.</summary>
internal sealed record ValueModel(ValueForm Form, ValueModel? Element = null, string? Message = null);

/// <summary>A field of a message.</summary>
internal sealed record FieldModel
{
    public required string JsonName { get; init; }
    public required ValueModel Value { get; init; }
    public int Number { get; init; }
    public int Wrapper { get; init; }
    public bool Required { get; init; }
    public bool Always { get; init; }
    public bool Pointer { get; init; }
    public bool NeverNull { get; init; }
    public string? ListType { get; init; }
    public IReadOnlyList<string> ListMapKeys { get; init; } = [];
    public string? MergeKey { get; init; }
    public string? PatchStrategy { get; init; }
    public string? Default { get; init; }
    public bool Atomic { get; init; }

    /// <summary>Place in Go's struct: it decides the order in JSON.</summary>
    public int Order { get; init; }
}

/// <summary>A message.</summary>
internal sealed record TypeModel
{
    public required string Definition { get; init; }
    public required string Namespace { get; init; }
    public required string Name { get; init; }
    public required IReadOnlyList<FieldModel> Fields { get; init; }
    public (string Group, string Version, string Kind)? Gvk { get; init; }
    public bool HasObjectMeta { get; init; }
    public bool Atomic { get; init; }
}

/// <summary>A subresource of a resource.</summary>
internal sealed record SubresourceModel(string Name, (string Group, string Version, string Kind) Kind, IReadOnlyList<string> Verbs);

/// <summary>A resource.</summary>
internal sealed record ResourceModel
{
    public required (string Group, string Version, string Kind) Gvk { get; init; }
    public required string Plural { get; init; }
    public required bool Namespaced { get; init; }
    public required IReadOnlyList<string> Verbs { get; init; }
    public required IReadOnlyList<SubresourceModel> Subresources { get; init; }
}
