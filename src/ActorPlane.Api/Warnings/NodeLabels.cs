using ActorPlane.Api.Core.V1;

namespace ActorPlane.Api;

/// <summary>Labels of nodes that something else has taken the place of. Source: pkg/api/node/util.go.</summary>
internal static class NodeLabels
{
    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["beta.kubernetes.io/arch"] = "deprecated since v1.14; use \"kubernetes.io/arch\" instead",
        ["beta.kubernetes.io/os"] = "deprecated since v1.14; use \"kubernetes.io/os\" instead",
        ["failure-domain.beta.kubernetes.io/region"] = "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
        ["failure-domain.beta.kubernetes.io/zone"] = "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead",
        ["beta.kubernetes.io/instance-type"] = "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead",
        ["app.kubernetes.io/created-by"] = "deprecated since v1.9",
        ["scheduler.alpha.kubernetes.io/preferAvoidPods"] = "deprecated since v1.22; use Taints and Tolerations instead",
        ["node-role.kubernetes.io/master"] = "use \"node-role.kubernetes.io/control-plane\" instead",
    };

    /// <summary>What to use in its place; null for a label that is not deprecated.</summary>
    public static string? Deprecated(string? label) => label is null ? null : Texts.GetValueOrDefault(label);

    /// <summary>Warnings for the labels that a term names.</summary>
    public static IEnumerable<string> Warnings(NodeSelectorTerm term, FieldPath path) => term.MatchExpressions
        .Select((expression, i) => (expression.Key, Path: path.Child("matchExpressions").Index(i).Child("key"), Text: Deprecated(expression.Key)))
        .Where(found => found.Text is not null).Select(found => $"{found.Path}: {found.Key} is {found.Text}");
}
