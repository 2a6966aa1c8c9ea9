using ActorPlane.Api.Core.V1;
using ActorPlane.Scheduler.Framework;
using ActorPlane.Tracing;

namespace ActorPlane.Scheduler;

/// <summary>A pod that waits for a node, with the history of its attempts. Changed by <see cref="SchedulingQueue"/> only.</summary>
public sealed class QueuedPod
{
    internal QueuedPod(Pod pod, Cause cause, DateTimeOffset now, long sequence)
    {
        (Info, Cause, QueuedAt, Sequence) = (PodInfo.Of(pod), cause, now, sequence);
    }

    /// <summary>The pod as last seen.</summary>
    public PodInfo Info { get; internal set; }

    /// <summary>What made the next attempt worth while: the pod's creation or change, or that of the cluster.</summary>
    public Cause Cause { get; internal set; }

    /// <summary>Attempts so far, the one under way included.</summary>
    public int Attempts { get; internal set; }

    /// <summary>When it last entered the queue; pods of one priority go by it.</summary>
    public DateTimeOffset QueuedAt { get; internal set; }

    /// <summary>The pod's uid.</summary>
    public string Uid => Info.Pod.Metadata.Uid!;

    /// <summary><c>spec.priority</c>; higher goes first.</summary>
    public int Priority => Info.Pod.Spec.Priority ?? 0;

    internal QueuedPodState State { get; set; }

    // Tells equals apart: the order in which pods entered.
    internal long Sequence { get; set; }

    internal DateTimeOffset BackoffUntil { get; set; }

    internal ClusterEvents HelpedBy { get; set; }

    internal DateTimeOffset UnschedulableSince { get; set; }
}
