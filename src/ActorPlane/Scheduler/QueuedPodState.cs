namespace ActorPlane.Scheduler;

/// <summary>Where a pod stands in the <see cref="SchedulingQueue"/>.</summary>
public enum QueuedPodState
{
    /// <summary>Kept out by a PreEnqueue plugin.</summary>
    Gated,

    /// <summary>To be tried as soon as it is its turn.</summary>
    Active,

    /// <summary>To be tried when its backoff is over.</summary>
    Backoff,

    /// <summary>Fits nowhere until the cluster changes.</summary>
    Unschedulable,

    /// <summary>Handed out: an attempt or its binding is under way.</summary>
    InFlight,

    /// <summary>No longer in the queue.</summary>
    Gone,
}
