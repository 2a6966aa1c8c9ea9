using ActorPlane.Api;
using ActorPlane.Api.Core.V1;

namespace ActorPlane.ApiServer;

/// <summary>Pods (<c>pkg/registry/core/pod/strategy.go</c>): the only kind that is deleted with grace.</summary>
internal sealed class PodStrategy : ResourceStrategy<Pod>
{
    // When nothing at all says how long a pod may take to end (pkg/apis/core/v1/defaults.go sets it on every pod).
    private const long DefaultGraceSeconds = 30;

    public PodStrategy()
    {
        StatusOf = static (item, from) => item with { Status = from.Status };
        StatusWriteKeeps = StatusKeeps.OwnerReferences;
        OnStatusUpdate = static (item, before) => item.Status.QosClass == before.Status.QosClass
            ? item
            : item with { Status = item.Status with { QosClass = before.Status.QosClass } };
    }

    /// <inheritdoc />
    public override long? GracePeriodSeconds(IKubeObject item, long? requested)
    {
        var pod = (Pod)item;

        // Nobody would finish the deletion of a pod that never got a node or has ended.
        if (string.IsNullOrEmpty(pod.Spec.NodeName) || pod.Status.Phase is "Succeeded" or "Failed") return 0;
        var seconds = requested ?? pod.Spec.TerminationGracePeriodSeconds ?? DefaultGraceSeconds;
        return seconds < 0 ? 1 : seconds;
    }
}
