namespace ActorPlane.Kubelet;

/// <summary>What a kubelet does next about a pod.</summary>
public enum PodAction
{
    /// <summary>Nothing but keep its status right.</summary>
    None,

    /// <summary>See whether the node takes it, and run it if so.</summary>
    Admit,

    /// <summary>End its containers within the grace period of its deletion.</summary>
    Stop,

    /// <summary>Delete its object for good: there is nothing left to end.</summary>
    Delete,

    /// <summary>Leave it alone: it has ended long ago.</summary>
    Ignore,
}
