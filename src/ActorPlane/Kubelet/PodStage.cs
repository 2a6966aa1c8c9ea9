namespace ActorPlane.Kubelet;

/// <summary>How far a kubelet has come with a pod.</summary>
public enum PodStage
{
    /// <summary>It has not dealt with it yet.</summary>
    Unknown,

    /// <summary>It asks the API server for the node's labels before it turns the pod away.</summary>
    Checking,

    /// <summary>The runtime has it.</summary>
    Running,

    /// <summary>The runtime was told to end it.</summary>
    Stopping,

    /// <summary>It has ended by itself or was turned away; only its object is left.</summary>
    Ended,

    /// <summary>Its object is being deleted for good.</summary>
    Deleting,
}
