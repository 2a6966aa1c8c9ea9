namespace ActorPlane.Api.Cel;

/// <summary>What family a type belongs to.</summary>
internal enum CelTypeKind
{
    /// <summary>What an expression with an error has: it goes with everything.</summary>
    Error,

    /// <summary>Known only when the expression is evaluated.</summary>
    Dyn,
    Null,
    Bool,
    Int,
    Uint,
    Double,
    String,
    Bytes,
    Duration,
    Timestamp,

    /// <summary>A type as a value.</summary>
    Type,
    List,
    Map,

    /// <summary>An object with fields.</summary>
    Object,

    /// <summary>A type of a library, such as an address or an optional value.</summary>
    Opaque,

    /// <summary>A variable of a declaration.</summary>
    Parameter,
}
