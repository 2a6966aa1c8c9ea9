using ActorPlane.Api;
using ActorPlane.Api.Core.V1;
using ActorPlane.ApiServer;
using ActorPlane.Scheduler.Framework;

namespace ActorPlane.Kubelet;

/// <summary>What a kubelet knows of one pod, and what it would say of it.</summary>
/// <param name="pod">As first seen.</param>
public sealed class KubeletPod(Pod pod)
{
    /// <summary>The pod as last seen.</summary>
    public Pod Pod { get; private set; } = pod;

    /// <summary>Never changes.</summary>
    public string Uid => Pod.Metadata.Uid!;

    /// <summary>How far the kubelet has come with it.</summary>
    public PodStage Stage { get; set; }

    /// <summary>The grace period that its containers were given; only while <see cref="PodStage.Stopping"/>.</summary>
    public TimeSpan Grace { get; set; }

    /// <summary>What the runtime said last.</summary>
    public RuntimeProtocol.PodReport? Report { get; set; }

    /// <summary>Why the node does not take it.</summary>
    public PodRejection? Rejection { get; set; }

    /// <summary>It takes room on the node.</summary>
    public bool IsCounted { get; set; }

    /// <summary>The status that was sent last: seen again in the pod itself it is no news.</summary>
    public PodStatus? Written { get; set; }

    /// <summary>A write of its status has not been answered.</summary>
    public bool IsWriting { get; set; }

    /// <summary>Something has changed since that write began.</summary>
    public bool IsStale { get; set; }

    /// <summary>Somebody else changed the status, or what it depends on, since it was written.</summary>
    public bool IsOutdated => Report is not null && !ReferenceEquals(Pod.Status, Written);

    /// <summary>What it takes of its node.</summary>
    public PodDemand Demand => PodDemand.OfOne(Pod.Spec);

    /// <summary>Takes the pod, unless a newer one is at hand.</summary>
    /// <returns>Whether ephemeral containers came with it.</returns>
    public bool See(Pod seen)
    {
        if (StoredObject.RevisionOf(seen) <= StoredObject.RevisionOf(Pod)) return false;
        var hasMore = seen.Spec.EphemeralContainers.Count > Pod.Spec.EphemeralContainers.Count;
        Pod = seen;
        return hasMore;
    }

    /// <summary>The status that it should have; equal to the one that it has when there is nothing to write.</summary>
    /// <param name="hostAddresses">The node's IP addresses, the first one first.</param>
    public PodStatus StatusAt(DateTimeOffset now, ValueList<HostIP> hostAddresses) => Rejection is { } rejection
        ? PodStatuses.Rejected(Pod, rejection, now)
        : PodStatuses.After(Pod, Report!, hostAddresses, now);
}
