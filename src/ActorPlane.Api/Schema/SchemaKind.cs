namespace ActorPlane.Api;

/// <summary>The kinds of values in API objects.</summary>
public enum SchemaKind
{
    /// <summary>A text.</summary>
    String,

    /// <summary>A 32-bit integer.</summary>
    Int32,

    /// <summary>A 64-bit integer.</summary>
    Int64,

    /// <summary>true or false.</summary>
    Bool,

    /// <summary>A floating-point number.</summary>
    Double,

    /// <summary>A time to the second.</summary>
    Timestamp,

    /// <summary>A time to the microsecond.</summary>
    MicroTimestamp,

    /// <summary>Bytes, base64 in JSON.</summary>
    Bytes,

    /// <summary>An amount such as 100m or 1Gi.</summary>
    Quantity,

    /// <summary>A number or a text.</summary>
    IntOrString,

    /// <summary>Any JSON.</summary>
    Json,

    /// <summary>An object with known fields.</summary>
    Message,

    /// <summary>A list of values of one schema.</summary>
    List,

    /// <summary>A map from texts to values of one schema.</summary>
    Map,
}
