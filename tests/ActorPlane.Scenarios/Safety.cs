using ActorPlane.Api.Core.V1;
using ActorPlane.ApiServer;
using ActorPlane.ControllerManager;

namespace ActorPlane.Scenarios;

/// <summary>What must hold in every state that is ever committed, whatever fails.</summary>
internal static class Safety
{
    /// <summary>A pod that was given a node keeps it.</summary>
    public static Func<ApiServerSnapshot, string?> BoundPodsNeverMove()
    {
        var homes = new Dictionary<string, string>(StringComparer.Ordinal);
        return snapshot =>
        {
            foreach (var pod in snapshot["pods"].Items.Values.Cast<Pod>())
            {
                if (pod.Spec.NodeName is not { Length: > 0 } node)
                {
                    if (homes.TryGetValue(pod.Metadata.Uid!, out var lost)) return $"pod {pod.Metadata.Name} was on {lost} and is on no node";
                    continue;
                }

                if (homes.TryAdd(pod.Metadata.Uid!, node)) continue;
                if (homes[pod.Metadata.Uid!] is var home && home != node) return $"pod {pod.Metadata.Name} moved from {home} to {node}";
            }

            return null;
        };
    }

    /// <summary>No node is promised more CPU than it has.</summary>
    public static Func<ApiServerSnapshot, string?> NoNodeIsOverbooked(int podsPerNode) => snapshot =>
    {
        var crowded = snapshot["pods"].Items.Values.Cast<Pod>()
            .Where(pod => pod.Spec.NodeName is { Length: > 0 } && pod.Status.Phase is not ("Succeeded" or "Failed"))
            .CountBy(pod => pod.Spec.NodeName!).Where(entry => entry.Value > podsPerNode).ToArray();
        return crowded is [var (node, count), ..] ? $"{count} pods are on {node}, which has room for {podsPerNode}" : null;
    };

    /// <summary>An app never has more pods that count as replicas than so many.</summary>
    public static Func<ApiServerSnapshot, string?> AtMost(string app, int pods) => snapshot =>
        snapshot["pods"].Items.Values.Cast<Pod>().Count(pod => pod.Metadata.Labels["app"] == app && PodConditions.IsActive(pod)) is var count && count > pods
            ? $"{app} has {count} pods, more than {pods}"
            : null;
}
