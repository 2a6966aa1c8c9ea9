using ActorPlane.Api.Meta.V1;

namespace ActorPlane.Api;

/// <summary>
/// Matching of label selectors in objects. Source: staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/helpers.go LabelSelectorAsSelector.
/// </summary>
public static class LabelSelectors
{
    /// <summary>Whether labels fit. No selector fits nothing, the empty selector everything.</summary>
    public static bool Matches(this LabelSelector? selector, ValueMap<string> labels)
    {
        if (selector is null) return false;
        foreach (var (key, value) in selector.MatchLabels)
        {
            if (!labels.TryGetValue(key, out var actual) || !string.Equals(actual, value, StringComparison.Ordinal)) return false;
        }

        foreach (var requirement in selector.MatchExpressions)
        {
            if (!Matches(requirement, labels)) return false;
        }

        return true;
    }

    /// <summary>Whether all pairs of a plain selector (of a Service, a ReplicationController) are among the labels. The empty one fits nothing.</summary>
    public static bool MatchesPlain(ValueMap<string> selector, ValueMap<string> labels)
    {
        foreach (var (key, value) in selector)
        {
            if (!labels.TryGetValue(key, out var actual) || !string.Equals(actual, value, StringComparison.Ordinal)) return false;
        }

        return !selector.IsEmpty;
    }

    /// <summary>The selector as the text of a <c>labelSelector</c> query, as Go prints it: keys in order, <c>a=b,c in (d,e),!f</c>.</summary>
    public static string Format(LabelSelector selector)
    {
        var parts = new SortedList<string, string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var (key, value) in selector.MatchLabels) parts.Add($"{key}\0{number++:D4}", $"{key}={value}");
        foreach (var r in selector.MatchExpressions)
        {
            var values = string.Join(",", r.Values.OrderBy(v => v, StringComparer.Ordinal));
            parts.Add($"{r.Key}\0{number++:D4}", r.Operator switch
            {
                "In" => $"{r.Key} in ({values})",
                "NotIn" => $"{r.Key} notin ({values})",
                "Exists" => r.Key!,
                _ => "!" + r.Key,
            });
        }

        return string.Join(",", parts.Values);
    }

    private static bool Matches(LabelSelectorRequirement requirement, ValueMap<string> labels)
    {
        var present = labels.TryGetValue(requirement.Key ?? "", out var value);
        return requirement.Operator switch
        {
            "In" => present && requirement.Values.Contains(value!),
            "NotIn" => !present || !requirement.Values.Contains(value!),
            "Exists" => present,
            "DoesNotExist" => !present,
            _ => false,
        };
    }
}
