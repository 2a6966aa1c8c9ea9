namespace ActorPlane.Kubelet;

/// <summary>How far the container runtime has come with a pod.</summary>
public enum PodRuntimePhase
{
    /// <summary>The network is being set up.</summary>
    Sandbox,

    /// <summary>The containers are started one after the other.</summary>
    Starting,

    /// <summary>All were started.</summary>
    Running,

    /// <summary>All were told to end.</summary>
    Stopping,

    /// <summary>None runs and none will.</summary>
    Ended,
}
