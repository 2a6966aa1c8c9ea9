namespace ActorPlane.Scheduler.Framework;

/// <summary>
/// Kinds of change in the cluster that can make room for a pod that fitted nowhere. A plugin says with each rejection
/// which of them can help; the queue moves a pod only on one of those. (<c>S/framework/types.go</c>, ClusterEvent.)
/// </summary>
[Flags]
public enum ClusterEvents
{
    /// <summary>Nothing happened, or nothing helps.</summary>
    None = 0,

    /// <summary>A node joined.</summary>
    NodeAdded = 1,

    /// <summary>A node offers other resources than before.</summary>
    NodeAllocatableChanged = 2,

    /// <summary>A node's labels changed.</summary>
    NodeLabelsChanged = 4,

    /// <summary>A node's taints changed.</summary>
    NodeTaintsChanged = 8,

    /// <summary>A node was cordoned or uncordoned.</summary>
    NodeUnschedulableChanged = 16,

    /// <summary>A bound pod went away or ended, and with it its claim on resources and ports.</summary>
    PodDeleted = 32,

    /// <summary>Anything.</summary>
    All = NodeAdded | NodeAllocatableChanged | NodeLabelsChanged | NodeTaintsChanged | NodeUnschedulableChanged | PodDeleted,
}
