using System.Globalization;
using ActorPlane.Api.Core.V1;
using CoreNode = ActorPlane.Api.Core.V1.Node;

namespace ActorPlane.Api;

/// <summary>
/// Matching of nodes by a pod's node selector and node affinity.
/// Source: staging/src/k8s.io/component-helpers/scheduling/corev1/nodeaffinity/nodeaffinity.go.
/// </summary>
public static class NodeSelectors
{
    /// <summary>Whether a node fits what a pod requires: <c>nodeSelector</c> and required node affinity. Preferences do not count.</summary>
    public static bool MatchesRequired(PodSpec pod, CoreNode node)
    {
        foreach (var (key, value) in pod.NodeSelector)
        {
            if (!node.Metadata.Labels.TryGetValue(key, out var actual) || !string.Equals(actual, value, StringComparison.Ordinal)) return false;
        }

        return pod.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution is not { } required || Matches(required, node);
    }

    /// <summary>Whether one of the terms fits a node.</summary>
    public static bool Matches(NodeSelector selector, CoreNode node)
    {
        foreach (var term in selector.NodeSelectorTerms)
        {
            if (Matches(term, node)) return true;
        }

        return false;
    }

    /// <summary>Whether all of a term fits a node. The empty term fits none.</summary>
    public static bool Matches(NodeSelectorTerm term, CoreNode node)
    {
        if (term.MatchExpressions.IsEmpty && term.MatchFields.IsEmpty) return false;
        foreach (var requirement in term.MatchExpressions)
        {
            var present = node.Metadata.Labels.TryGetValue(requirement.Key ?? "", out var value);
            if (!Matches(requirement, present, value)) return false;
        }

        foreach (var requirement in term.MatchFields)
        {
            // metadata.name is the only field that validation allows.
            if (!Matches(requirement, requirement.Key == "metadata.name", node.Metadata.Name)) return false;
        }

        return true;
    }

    private static bool Matches(NodeSelectorRequirement requirement, bool present, string? value)
    {
        switch (requirement.Operator)
        {
            case "In": return present && requirement.Values.Contains(value!);
            case "NotIn": return !present || !requirement.Values.Contains(value!);
            case "Exists": return present;
            case "DoesNotExist": return !present;
            case "Gt" or "Lt":
                return present && requirement.Values.Count == 1
                    && long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var actual)
                    && long.TryParse(requirement.Values[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var bound)
                    && (requirement.Operator == "Gt" ? actual > bound : actual < bound);
            default: return false;
        }
    }
}
