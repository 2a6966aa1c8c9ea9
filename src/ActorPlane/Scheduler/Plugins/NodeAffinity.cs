using ActorPlane.Api;
using ActorPlane.Scheduler.Framework;

namespace ActorPlane.Scheduler.Plugins;

/// <summary>
/// <c>spec.nodeSelector</c> and required node affinity must both match; preferred terms add their weights.
/// (<c>S/framework/plugins/nodeaffinity</c>, <c>G/component-helpers/scheduling/corev1/nodeaffinity</c>.)
/// </summary>
public sealed class NodeAffinity : IPreFilterPlugin, IFilterPlugin, IPreScorePlugin, IScorePlugin
{
    private static readonly Rejection Mismatch =
        new(ClusterEvents.NodeAdded | ClusterEvents.NodeLabelsChanged, "node(s) didn't match Pod's node affinity/selector");

    /// <inheritdoc />
    public bool AppliesTo(PodInfo pod) => !pod.Demand.Spec.NodeSelector.IsEmpty || pod.Demand.RequiredNodes is not null;

    /// <inheritdoc />
    public Rejection? Filter(PodInfo pod, NodeInfo node)
    {
        var labels = node.Node!.Metadata.Labels;
        foreach (var (key, value) in pod.Demand.Spec.NodeSelector)
        {
            if (!labels.TryGetValue(key, out var actual) || !string.Equals(actual, value, StringComparison.Ordinal)) return Mismatch;
        }

        return pod.Demand.RequiredNodes is { } required && !NodeSelectors.Matches(required, node.Node) ? Mismatch : null;
    }

    /// <inheritdoc />
    public bool HasPreference(PodInfo pod) => !pod.Demand.PreferredNodes.IsEmpty;

    /// <summary>The sum of the weights of the preferred terms that the node matches.</summary>
    public long Score(PodInfo pod, NodeInfo node)
    {
        long score = 0;
        foreach (var term in pod.Demand.PreferredNodes.AsSpan())
        {
            if (NodeSelectors.Matches(term.Preference, node.Node!)) score += term.Weight ?? 0;
        }

        return score;
    }

    /// <inheritdoc />
    public void Normalize(Span<long> scores) => IScorePlugin.NormalizeToMax(scores, reverse: false);
}
