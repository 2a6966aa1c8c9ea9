namespace ActorPlane.Host.Http;

/// <summary>In which form a client wants objects.</summary>
public enum AcceptedForm
{
    /// <summary>The objects, as JSON.</summary>
    Json,

    /// <summary>A Table, as JSON.</summary>
    Table,

    /// <summary>Their metadata alone, as JSON.</summary>
    Metadata,
}
