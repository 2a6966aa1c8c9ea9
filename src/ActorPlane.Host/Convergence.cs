using ActorPlane.Api;
using ActorPlane.Api.Apps.V1;
using ActorPlane.Api.Core.V1;
using ActorPlane.ApiServer;
using ActorPlane.ControllerManager;

namespace ActorPlane.Host;

/// <summary>Whether a cluster is what its objects ask for.</summary>
internal static class Convergence
{
    /// <summary>What is still missing, in a few words; null when nothing is: every Deployment available, every pod ready or finished. O(objects).</summary>
    /// <param name="ended">Ids of containers that ended with an earlier run, whatever their pods' status says until the kubelets know.</param>
    public static string? Missing(ApiServerSnapshot snapshot, int nodes, IReadOnlySet<string> ended)
    {
        // The few first: as long as they miss something, the many need no look.
        foreach (var deployment in Items<Deployment>(snapshot, "deployments.apps"))
        {
            var wanted = deployment.Spec.Replicas ?? 1;
            if (deployment.Status.ObservedGeneration != deployment.Metadata.Generation || (deployment.Status.AvailableReplicas ?? 0) != wanted
                || (deployment.Status.Replicas ?? 0) != wanted)
                return $"deployment {deployment.Metadata.Name} has {deployment.Status.AvailableReplicas ?? 0} of {wanted} replicas available";
        }

        foreach (var set in Items<ReplicaSet>(snapshot, "replicasets.apps"))
        {
            var wanted = set.Spec.Replicas ?? 1;
            if ((set.Status.ReadyReplicas ?? 0) != wanted) return $"replicaset {set.Metadata.Name} has {set.Status.ReadyReplicas ?? 0} of {wanted} replicas ready";
        }

        var ready = Items<Node>(snapshot, "nodes").Count(NodeConditions.IsReady);
        if (ready < nodes) return $"{nodes - ready} of {nodes} nodes are not ready";

        // A pod that its dead node cannot confirm gone is no replica any more.
        var waiting = Items<Pod>(snapshot, "pods").FirstOrDefault(pod => PodConditions.IsActive(pod) && (!PodConditions.IsReady(pod) || RunningContainers(pod).Any(ended.Contains)));
        return waiting is null ? null : $"pod {waiting.Metadata.Namespace}/{waiting.Metadata.Name} is not ready";
    }

    /// <summary>The ids of all containers that run by their pods' status. O(pods).</summary>
    public static IReadOnlySet<string> RunningContainers(ApiServerSnapshot snapshot) =>
        Items<Pod>(snapshot, "pods").SelectMany(RunningContainers).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> RunningContainers(Pod pod) =>
        pod.Status.ContainerStatuses.Where(container => container.State.Running is not null).Select(container => container.ContainerID ?? "");

    private static IEnumerable<T> Items<T>(ApiServerSnapshot snapshot, string resource) where T : IKubeObject => snapshot[resource].Items.Values.Cast<T>();
}
