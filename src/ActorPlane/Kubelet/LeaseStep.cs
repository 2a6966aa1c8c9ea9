namespace ActorPlane.Kubelet;

/// <summary>What a kubelet does once it knows how a renewal of its lease went.</summary>
public enum LeaseStep
{
    /// <summary>Wait for the next one.</summary>
    None,

    /// <summary>Report the node's status: nobody had heard of it for so long that it may have been given up.</summary>
    Report,

    /// <summary>See whether the node is still there, whose lease is not, and write a new one if so.</summary>
    Restore,

    /// <summary>Renew the lease once more: another one is there than was thought.</summary>
    Renew,
}
