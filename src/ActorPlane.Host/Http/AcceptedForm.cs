namespace ActorPlane.Host.Http;

/// <summary>In which form a client wants objects.</summary>
public enum AcceptedForm
{
    /// <summary>The objects whole.</summary>
    Json,

    /// <summary>A Table, always as JSON.</summary>
    Table,

    /// <summary>Their metadata alone.</summary>
    Metadata,

    /// <summary>The metadata of each object of a list.</summary>
    MetadataList,
}
