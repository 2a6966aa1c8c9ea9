namespace ActorPlane.Api;

/// <summary>What a <see cref="JsonValue"/> is.</summary>
public enum JsonKind
{
    /// <summary>null</summary>
    Null,

    /// <summary>true or false</summary>
    Bool,

    /// <summary>A number, kept as it was written.</summary>
    Number,

    /// <summary>A text.</summary>
    String,

    /// <summary>A list.</summary>
    Array,

    /// <summary>Members in the order in which they were written.</summary>
    Object,
}
